//! What the own body's mandates for a case allow. They stand in a stream that nobody else reads.

use jiff::civil::Date;
use proto::access::Asker;
use proto::actor::Service;
use proto::id::TermId;
use proto::mandate::Mandates;
use proto::registry::{Bounds, Mandate};
use proto::stream::Stream;
use proto::words::day_of;
use serde::Deserialize;

use super::super::Case;

/// The fold of the stream of mandates, as far as it is needed here.
#[derive(Default, Deserialize)]
struct Register {
    #[serde(default)]
    mandates: Mandates,
}

/// The own body's mandates for a case that hold today.
#[derive(Default)]
pub(crate) struct Held {
    /// Those of whoever looks.
    pub own: Vec<Mandate>,
    /// Those of other delegates of the body.
    others: Vec<Mandate>,
}

impl Held {
    /// Without an answer of the register the page stands, and offers no act that needs a mandate.
    pub async fn of(case: &Case) -> Self {
        if !case.is_party() {
            return Self::default();
        }
        let stream = Stream::Mandates(case.government.clone());
        let Register { mandates } = case.sealed(Service::Registry, stream).await.unwrap_or_default();
        let Ok(today) = day_of(case.visit.now, &case.visit.zone) else { return Self::default() };
        let holding = mandates.granted.values().filter(|granted| !granted.revoked && holds(&mandates, &granted.mandate, case, today));
        let official = match &case.who.asker {
            Asker::Person { official, .. } => Some(official),
            Asker::Service(_) => None,
        };
        let (own, others) = holding.map(|granted| granted.mandate.clone()).partition(|mandate| Some(&mandate.delegate) == official);
        Self { own, others }
    }

    /// The bounds of a term, by the mandate of whoever looks where there is one.
    pub fn bounds(&self, term: &TermId) -> Option<&Bounds> {
        self.own.iter().chain(&self.others).find_map(|mandate| mandate.bounds.get(term))
    }

    /// For a form: each with until when and on which ground.
    pub fn choices(&self, case: &Case) -> Vec<(String, String)> {
        let said = |mandate: &Mandate| {
            let until = crate::locale::day(case.visit.language, mandate.until);
            let params = serde_json::json!({ "until": until, "basis": mandate.legal_basis });
            (mandate.mandate.to_string(), case.visit.told("table-mandate-says", &params))
        };
        self.own.iter().map(said).collect()
    }
}

fn holds(mandates: &Mandates, mandate: &Mandate, case: &Case, today: Date) -> bool {
    mandate.case == case.id && mandate.until >= today && mandates.chain_holds(mandate, today).is_ok()
}
