//! Who has signed and who is missing, and in which order it goes.

use ::signing::{Attestor, Signature, State};
use proto::actor::Role;
use proto::id::GovernmentId;
use serde_json::json;

use crate::Form;
use crate::case::Case;

/// A party's place in the table of signatures.
pub(super) struct Seal {
    /// Its place in the order, where one is set.
    pub place: Option<usize>,
    pub party: String,
    /// `good`, `warn`, `bad` or `neutral`, with the words for it.
    pub stand: (&'static str, String),
    /// Who signed, with what, when.
    pub lines: Vec<String>,
    /// The scan of a signature on paper.
    pub scan: Option<String>,
}

/// The form that sets the order in which parties sign by key.
pub(super) struct Order {
    pub form: Form,
    /// Field, party, and its place now.
    pub places: Vec<(String, String, usize)>,
    /// The places there are.
    pub numbers: Vec<usize>,
}

/// All parties, in the order in which they sign.
pub(super) fn all(case: &Case, state: &State) -> Vec<Seal> {
    if state.text.is_none() {
        return Vec::new();
    }
    let next = state.missing().next().filter(|_| !state.order.is_empty() && state.opened.is_some());
    in_order(state).map(|party| seal(case, state, party, next == Some(party))).collect()
}

fn in_order(state: &State) -> impl Iterator<Item = &GovernmentId> {
    state.order.iter().chain(state.standing.parties.iter().filter(|party| !state.order.contains(party)))
}

fn seal(case: &Case, state: &State, party: &GovernmentId, is_next: bool) -> Seal {
    let visit = &case.visit;
    let signature = state.signatures.get(party);
    let stand = match signature {
        Some(Signature::Key { in_doubt_since: Some(_), .. }) => ("bad", "signing-in_doubt"),
        Some(Signature::Key { .. }) => ("good", "signing-by_key"),
        Some(Signature::Paper { .. }) => ("good", "signing-on_paper"),
        None if is_next => ("warn", "signing-next"),
        None => ("neutral", "signing-missing"),
    };
    Seal {
        place: state.order.iter().position(|each| each == party).map(|place| place + 1),
        party: case.called(party).to_owned(),
        stand: (stand.0, visit.t(stand.1)),
        lines: signature.map(|signature| lines(case, signature)).unwrap_or_default(),
        scan: match signature {
            Some(Signature::Paper { scan, .. }) => Some(scan.digest.to_string()),
            Some(Signature::Key { .. }) | None => None,
        },
    }
}

fn lines(case: &Case, signature: &Signature) -> Vec<String> {
    let visit = &case.visit;
    match signature {
        Signature::Key { official, key, at, in_doubt_since, .. } => {
            let signed = json!({ "official": official, "key": key, "when": visit.instant(at).exact });
            let doubt = in_doubt_since.map(|since| visit.with("signing-doubt-since", "when", &visit.instant(&since).exact));
            [visit.told("signing-signed-with", &signed)].into_iter().chain(doubt).collect()
        }
        Signature::Paper { official, on, attested_by, .. } => {
            let signed = json!({ "official": official, "when": visit.on(on).exact });
            vec![visit.told("signing-signed-on-paper", &signed), visit.with("signing-attested-by", "clerks", &clerks(case, attested_by))]
        }
    }
}

pub(super) fn clerks(case: &Case, attestors: &[Attestor]) -> String {
    attestors.iter().map(|attestor| format!("{} ({})", attestor.clerk, case.called(&attestor.government))).collect::<Vec<_>>().join(", ")
}

impl Order {
    /// For a clerk, a delegate or a mediator of a party or of the body that convenes, until somebody has signed.
    pub fn of(case: &Case, state: &State) -> Option<Self> {
        let may = (case.is_party() || case.coordinates()) && case.visit.holds(&[Role::Clerk, Role::Delegate, Role::Mediator]);
        if !may || state.text.is_none() || !state.signatures.is_empty() || state.standing.parties.len() < 2 {
            return None;
        }
        let form = case.form("order");
        let place = |(at, party): (usize, &GovernmentId)| {
            let field = format!("place-{party}");
            let now = form.typed(&field, "").parse().unwrap_or(at + 1);
            (field, case.called(party).to_owned(), now)
        };
        let places: Vec<_> = in_order(state).enumerate().map(place).collect();
        let numbers = (1..=places.len()).collect();
        Some(Self { form, places, numbers })
    }
}
