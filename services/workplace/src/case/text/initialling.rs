//! Initialling: exactly what is authenticated, what stands in the way, who has done it, and the text that is frozen by it.

use gateway::problem::Problem;
use proto::negotiation::{Frozen, Refusal};
use proto::standing::Phase;

use super::{Case, writes};
use crate::Form;

/// How far it has come.
pub(super) struct Initialling {
    /// `frozen`, `ready` or `open`.
    pub stand: &'static str,
    /// What stands in the way, in words.
    pub obstacles: Vec<String>,
    /// The digests that are or would be authenticated: of what, and the digest.
    pub digests: Vec<(String, String)>,
    /// Each party, and whether it has initialled.
    pub parties: Vec<(String, bool)>,
    pub act: Option<Act>,
}

/// The form.
pub(super) struct Act {
    pub form: Form,
    pub text: String,
    pub allocation: String,
    pub matrix: String,
}

impl Initialling {
    pub fn of(case: &Case) -> Self {
        let state = &case.state;
        let frozen = state.standing.phase > Phase::Open;
        let stand = match &state.to_initial {
            _ if frozen => "frozen",
            Some(_) => "ready",
            None => "open",
        };
        let told = |obstacle: &Refusal| case.in_words(Problem::of(obstacle.clone(), case.visit.language)).title.into();
        let initialled = |party| frozen || state.initialled.contains(party);
        let what = state.frozen.as_ref().or(state.to_initial.as_ref());
        let mine = writes(case) && !state.initialled.contains(&case.government);
        Self {
            stand,
            obstacles: state.obstacles.iter().map(told).collect(),
            digests: what.map(|what| digests(case, what)).unwrap_or_default(),
            parties: state.standing.parties.iter().map(|party| (case.called(party).to_owned(), initialled(party))).collect(),
            act: state.to_initial.as_ref().filter(|_| mine).map(|what| act(case, what)),
        }
    }

    /// The key of the text that says how far it has come.
    pub fn text(&self) -> String {
        format!("text-initial-{}", self.stand)
    }
}

/// The agreement's digest where the text is frozen, and the digests that it binds.
fn digests(case: &Case, what: &Frozen) -> Vec<(String, String)> {
    let named = |name: &str| case.visit.t(&format!("text-digest-{name}"));
    let parts =
        [("agreement", case.state.standing.agreement), ("text", Some(what.text)), ("allocation", what.allocation), ("matrix", what.matrix)];
    parts.into_iter().filter_map(|(name, digest)| Some((named(name), digest?.to_string()))).collect()
}

fn act(case: &Case, what: &Frozen) -> Act {
    Act {
        form: case.form("initial"),
        text: what.text.to_string(),
        allocation: what.allocation.map(|digest| digest.to_string()).unwrap_or_default(),
        matrix: what.matrix.map(|digest| digest.to_string()).unwrap_or_default(),
    }
}
