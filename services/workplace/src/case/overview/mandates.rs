//! The own body's mandates for a case: how far its delegates may go. Other bodies' are theirs, and are read by nobody here.

use gateway::edge::about;
use proto::access::Asker;
use proto::actor::Service;
use proto::finding::MandateVerdict;
use proto::id::TermId;
use proto::mandate::{Granted, Mandates, judge};
use proto::registry::{Bounds, Mandate, Scope};
use proto::stream::Stream;
use proto::words::{Counting, Deadline, day_of};
use serde::Deserialize;
use serde_json::json;

use super::super::Case;
use crate::{When, said};

/// A mandate in words.
pub(super) struct Line {
    pub delegate: String,
    pub mine: bool,
    pub scope: String,
    pub bounds: Vec<String>,
    pub until: When,
    pub basis: String,
    pub revoked: bool,
}

#[derive(Default, Deserialize)]
struct Kept {
    #[serde(default)]
    mandates: Mandates,
}

/// All mandates of the own body, as far as whoever looks may read them.
pub(super) async fn own(case: &Case) -> Mandates {
    let stream = Stream::Mandates(case.government.clone());
    let found = case.visit.edge.get(&case.who, Service::Registry, about(stream, case.visit.at_least)).await;
    found.ok().and_then(|found| serde_json::from_value::<Kept>(found.body).ok()).unwrap_or_default().mandates
}

/// Those for this case, that of whoever looks first.
pub(super) fn lines(case: &Case, own: &Mandates) -> Vec<Line> {
    let mut here: Vec<&Granted> = own.granted.values().filter(|granted| granted.mandate.case == case.id).collect();
    here.sort_by_key(|granted| (granted.revoked, !is_mine(case, &granted.mandate), granted.mandate.until));
    here.into_iter().map(|granted| line(case, granted)).collect()
}

fn is_mine(case: &Case, mandate: &Mandate) -> bool {
    matches!(&case.who.asker, Asker::Person { official, .. } if *official == mandate.delegate)
}

fn line(case: &Case, Granted { mandate, revoked }: &Granted) -> Line {
    let until = Deadline { on: mandate.until, zone: case.visit.zone.clone(), counting: Counting::Named };
    Line {
        delegate: mandate.delegate.to_string(),
        mine: is_mine(case, mandate),
        scope: match &mandate.scope {
            Scope::All => case.visit.t("overview-scope-all"),
            Scope::Terms(terms) => terms.iter().map(|term| case.name_of("term", term.as_str())).collect::<Vec<_>>().join(", "),
        },
        bounds: mandate.bounds.iter().map(|(term, bounds)| bound(case, term, bounds)).collect(),
        until: case.visit.due(&until),
        basis: mandate.legal_basis.clone(),
        revoked: *revoked,
    }
}

fn bound(case: &Case, term: &TermId, bounds: &Bounds) -> String {
    said::bounds(case.visit.language, &case.name_of("term", term.as_str()), bounds, |number| case.bound(term, number))
}

/// The mandates on which whoever looks can join: number and what they cover.
pub(super) fn fitting(case: &Case, own: &Mandates) -> Vec<(String, String)> {
    let Asker::Person { official, .. } = &case.who.asker else { return Vec::new() };
    let Ok(today) = day_of(case.visit.now, &case.visit.zone) else { return Vec::new() };
    let holds = |granted: &&Granted| judge(own, official, case.id, granted.mandate.mandate, &[].into(), today) == MandateVerdict::Within;
    let said = |granted: &Granted| {
        let line = line(case, granted);
        let about = case.visit.told("overview-mandate", &json!({ "scope": line.scope, "until": line.until.exact }));
        (granted.mandate.mandate.to_string(), about)
    };
    own.granted.values().filter(holds).map(said).collect()
}
