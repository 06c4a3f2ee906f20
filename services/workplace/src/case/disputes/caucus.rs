//! A caucus: what one side and the mediator tell each other in confidence, the proposals in the side's hands, and its answer.

use std::collections::{BTreeMap, BTreeSet};

use gateway::problem::Problem;
use mediation::{Caucus, Delivered, Dispute, Note, State};
use proto::actor::{Role, Service};
use proto::id::GovernmentId;
use proto::mediation::{DisputeNo, ProposalNo};
use proto::stream::Stream;
use serde_json::json;

use super::dispute::{Row, rows};
use super::{Waiting, path};
use crate::case::Case;
use crate::case::mandates::Held;
use crate::{Form, When};

/// A private room: one's own, or, for the mediator, that of one side.
pub(super) struct Private {
    pub party: String,
    pub notes: Vec<Line>,
    pub proposals: Vec<InHand>,
    pub write: Option<Write>,
    pub answer: Option<Answer>,
}

/// A note.
pub(super) struct Line {
    pub by: String,
    /// Whether the own body wrote it.
    pub own: bool,
    pub at: When,
    pub text: String,
}

/// A proposal in the hands of the side.
pub(super) struct InHand {
    pub title: String,
    pub rows: Vec<Row>,
    /// How it stands, in words; what the side has answered is told to the side and the mediator alone.
    pub said: String,
}

/// The form by which a note is written.
pub(super) struct Write {
    pub name: String,
    pub form: Form,
    pub caucus: String,
}

/// The form by which a proposal is answered.
pub(super) struct Answer {
    pub form: Form,
    pub number: ProposalNo,
    pub due: Option<When>,
    /// Mandates that could cover it: id and words.
    pub mandates: Vec<(String, String)>,
}

/// The caucuses that are for whoever looks, by whose they are: the own one, and for a mediator those of the sides.
pub(super) async fn open_to(case: &Case, state: &State) -> Result<BTreeMap<GovernmentId, State>, Problem> {
    let mut whose: BTreeSet<&GovernmentId> = BTreeSet::new();
    for dispute in state.disputes.values() {
        if dispute.parties.contains(&case.government) {
            whose.insert(&case.government);
        } else if dispute.facilitator.as_ref() == Some(&case.government) && case.visit.holds(&[Role::Mediator]) {
            whose.extend(&dispute.parties);
        }
    }
    let mut caucuses = BTreeMap::new();
    for party in whose {
        let caucus = case.sealed(Service::Mediation, Stream::Caucus(case.id, party.clone())).await?;
        caucuses.insert(party.clone(), caucus);
    }
    Ok(caucuses)
}

/// What has been said in one dispute.
pub(super) fn of(caucuses: &BTreeMap<GovernmentId, State>, party: &GovernmentId, number: DisputeNo) -> Caucus {
    caucuses.get(party).and_then(|state| state.caucus.get(&number)).cloned().unwrap_or_default()
}

/// The proposals that the own body has yet to answer, in whatever dispute.
pub(super) fn waiting(case: &Case, state: &State, caucuses: &BTreeMap<GovernmentId, State>) -> Vec<Waiting> {
    let open = state.disputes.iter().filter(|(_, dispute)| dispute.parties.contains(&case.government));
    let each = open.filter_map(|(number, dispute)| {
        let proposal = dispute.waiting()?;
        let unanswered = of(caucuses, &case.government, *number).proposals.get(&proposal).is_some_and(|given| given.accept.is_none());
        unanswered.then(|| Waiting {
            href: format!("{}#caucus", path(case, *number)),
            said: case.visit.told("disputes-waits-for-you", &json!({ "dispute": number.to_string(), "number": proposal.to_string() })),
            due: dispute.proposals.get(&proposal).and_then(|put| put.due.as_ref()).map(|due| case.visit.due(due)),
        })
    });
    each.collect()
}

impl Private {
    /// One's own, with what one can do in it.
    pub async fn own(case: &Case, number: DisputeNo, dispute: &Dispute, own: &State) -> Result<Self, Problem> {
        let caucus = own.caucus.get(&number).cloned().unwrap_or_default();
        let mut room = Self::of(case, dispute, &case.government, &caucus);
        let acts = dispute.closed.is_none() && case.acts(&[Role::Delegate]);
        room.write = (acts && dispute.facilitator.is_some()).then(|| Write::of(case, &case.government));
        let waiting = dispute.waiting().filter(|waiting| acts && caucus.proposals.get(waiting).is_some_and(|given| given.accept.is_none()));
        if let Some(proposal) = waiting {
            room.answer = Some(Answer::of(case, dispute, proposal).await?);
        }
        Ok(room)
    }

    /// What has been said in it.
    pub fn of(case: &Case, dispute: &Dispute, party: &GovernmentId, caucus: &Caucus) -> Self {
        let in_hand = |(number, given): (&ProposalNo, &Delivered)| InHand {
            title: case.visit.with("disputes-proposal", "number", &number.to_string()),
            rows: rows(case, dispute, &given.proposal),
            said: case.visit.t(stand(dispute, *number, given)),
        };
        Self {
            party: case.called(party).to_owned(),
            notes: caucus.notes.iter().map(|note| line(case, note)).collect(),
            proposals: caucus.proposals.iter().map(in_hand).collect(),
            write: None,
            answer: None,
        }
    }
}

fn line(case: &Case, note: &Note) -> Line {
    Line {
        by: case.called(&note.by).to_owned(),
        own: note.by == case.government,
        at: case.visit.instant(&note.at),
        text: note.text.clone(),
    }
}

/// The key of the text that says how a proposal stands for one side.
fn stand(dispute: &Dispute, number: ProposalNo, given: &Delivered) -> &'static str {
    use mediation::Outcome as O;
    match (dispute.proposals.get(&number).map(|put| &put.outcome), given.accept) {
        (None, _) => "disputes-given-not_put",
        (Some(O::Waiting), None) => "disputes-given-open",
        (Some(O::Waiting), Some(true)) => "disputes-given-accepted",
        (Some(O::Waiting), Some(false)) => "disputes-given-declined",
        (Some(O::Failed), Some(true)) => "disputes-given-failed-accepted",
        (Some(O::Failed), Some(false)) => "disputes-given-failed-declined",
        (Some(O::Failed), None) => "disputes-given-failed-silent",
        (Some(O::Dropped), _) => "disputes-given-dropped",
        (Some(O::Settled(_)), _) => "disputes-given-settled",
    }
}

impl Write {
    pub fn of(case: &Case, caucus: &GovernmentId) -> Self {
        let name = format!("note-{caucus}");
        Self { form: case.form(&name), name, caucus: caucus.to_string() }
    }
}

impl Answer {
    async fn of(case: &Case, dispute: &Dispute, number: ProposalNo) -> Result<Self, Problem> {
        let due = dispute.proposals.get(&number).and_then(|put| put.due.as_ref()).map(|due| case.visit.due(due));
        Ok(Self { form: case.form("answer"), number, due, mandates: Held::of(case).await.choices(case) })
    }
}
