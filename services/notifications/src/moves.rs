//! Moves: what a case waits for, from whom, since when and until when.

use proto::actor::Role;
use proto::approvals::StepOf;
use proto::authority::MatrixFinding;
use proto::digest::Digest;
use proto::id::{ClauseId, FactId, GovernmentId, TermId};
use proto::mediation::{DisputeNo, ProposalNo};
use proto::negotiation::{OfferNo, RequestNo};
use proto::standing::Phase;
use proto::wire::Due;
use proto::words::Deadline;
use runtime::decider::Meta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::State;
use crate::disputes::Dispute;

/// Something that waits for a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Move {
    /// Whose move it is.
    pub government: GovernmentId,
    /// Officials in which roles can make it.
    pub roles: Vec<Role>,
    /// What is to be done.
    #[serde(flatten)]
    pub task: Task,
    /// Since when.
    pub since: Since,
    /// Until when, where a date was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// The entry with which something became someone's move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Since {
    /// Its place in the ledger.
    pub position: u64,
    /// Its civil time.
    pub at: jiff::Timestamp,
}

/// What is to be done: a stable code, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "what", content = "about", rename_all = "snake_case")]
pub enum Task {
    /// Invite more parties: there are fewer than the procedure asks for.
    Invite,
    /// Answer the invitation.
    JoinOrDecline,
    /// Say of a figure whether it is right.
    TakePosition {
        /// Which.
        fact: FactId,
    },
    /// Answer a request for information.
    AnswerRequest {
        /// Which.
        request: RequestNo,
    },
    /// Write: the text says nothing yet, or lacks contents that the procedure asks for.
    DraftText {
        /// What is missing, by the names of the procedure.
        contents: Vec<String>,
    },
    /// Offer values: these terms have none, and nothing is on the table. No terms: the accepted allocation counts on someone who has left.
    TableOffer {
        /// Which.
        terms: Vec<TermId>,
    },
    /// Answer an offer.
    AnswerOffer {
        /// Which.
        offer: OfferNo,
    },
    /// Improve an offer that was sent back, or make another.
    ImproveOffer {
        /// Which.
        offer: OfferNo,
    },
    /// Find one wording of a clause that all stand behind.
    AgreeWording {
        /// Which.
        clause: ClauseId,
    },
    /// Put the authority matrix right, or record why a finding may stay.
    ClearFinding {
        /// Which.
        finding: MatrixFinding,
    },
    /// Initial the text: nothing stands in the way.
    Initial,
    /// Propose a facilitator.
    ProposeFacilitator {
        /// Of which dispute.
        dispute: DisputeNo,
    },
    /// Accept the facilitator whom another proposes, or propose one's own.
    AcceptFacilitator {
        /// Of which dispute.
        dispute: DisputeNo,
        /// The body proposed.
        facilitator: GovernmentId,
    },
    /// As facilitator: hear the sides and put a proposal.
    SettleDispute {
        /// Which.
        dispute: DisputeNo,
    },
    /// Answer a proposal in secret. Shown until it is closed, also to whoever has answered.
    AnswerProposal {
        /// In which dispute.
        dispute: DisputeNo,
        /// Which.
        number: ProposalNo,
    },
    /// Take a dispute back whose other parties have left: nobody is left to settle it.
    TakeBackDispute {
        /// Which.
        dispute: DisputeNo,
    },
    /// Decide whether a step applies.
    DecideCondition(StepOf),
    /// Do a step and record it.
    RecordStep(StepOf),
    /// Sign.
    Sign {
        /// What.
        agreement: Digest,
    },
    /// As clerk: attest the paper that a clerk of another party has attested.
    AttestPaper {
        /// What was signed.
        agreement: Digest,
    },
}

impl Task {
    /// In which roles an official can do it: those that the contract admits to its command.
    #[must_use]
    pub fn roles(&self) -> &'static [Role] {
        match self {
            Self::Invite => &[Role::Delegate, Role::Signatory, Role::Mediator],
            Self::JoinOrDecline => &[Role::Delegate, Role::Signatory],
            Self::TakePosition { .. }
            | Self::DraftText { .. }
            | Self::TableOffer { .. }
            | Self::AnswerOffer { .. }
            | Self::ImproveOffer { .. }
            | Self::AgreeWording { .. }
            | Self::ClearFinding { .. }
            | Self::Initial
            | Self::ProposeFacilitator { .. }
            | Self::AcceptFacilitator { .. }
            | Self::AnswerProposal { .. }
            | Self::TakeBackDispute { .. } => &[Role::Delegate],
            Self::AnswerRequest { .. } => &[Role::Delegate, Role::Clerk],
            Self::SettleDispute { .. } => &[Role::Mediator],
            Self::DecideCondition(_) => &[Role::Approver, Role::Signatory],
            Self::RecordStep(_) => &[Role::Approver, Role::Clerk, Role::Signatory],
            Self::Sign { .. } => &[Role::Signatory],
            Self::AttestPaper { .. } => &[Role::Clerk],
        }
    }
}

/// Moves as they are found in a state.
struct Found<'a> {
    state: &'a State,
    moves: Vec<(GovernmentId, Task, Option<Due>)>,
}

/// All moves of a case, in the order of bodies and tasks. One that was there before keeps its beginning.
pub(crate) fn derive(state: &State, of: &Meta) -> Vec<Move> {
    let mut found = Found { state, moves: Vec::new() };
    found.membership();
    if state.standing.phase == Phase::Open {
        found.negotiation();
    }
    found.requests();
    found.procedure();
    found.moves.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let known = |government: &GovernmentId, task: &Task| {
        let place = state.moves.binary_search_by(|known| (&known.government, &known.task).cmp(&(government, task))).ok()?;
        state.moves.get(place).map(|known| known.since)
    };
    let now = Since { position: of.position, at: of.at };
    let begun = |(government, task, due): (GovernmentId, Task, Option<Due>)| {
        let since = known(&government, &task).unwrap_or(now);
        Move { government, roles: task.roles().to_vec(), task, since, due }
    };
    found.moves.into_iter().map(begun).collect()
}

fn due(deadline: Option<&Deadline>) -> Option<Due> {
    let deadline = deadline?;
    Some(Due { on: deadline.on, passes_at: deadline.passes_at().ok()? })
}

impl Found<'_> {
    fn add<'g>(&mut self, who: impl IntoIterator<Item = &'g GovernmentId>, task: &Task, until: Option<&Deadline>) {
        let due = due(until);
        self.moves.extend(who.into_iter().map(|government| (government.clone(), task.clone(), due.clone())));
    }

    /// Who is in. A frozen text names its parties, so nobody can join then.
    fn membership(&mut self) {
        let standing = &self.state.standing;
        if standing.phase > Phase::Open {
            return;
        }
        self.add(&standing.invited, &Task::JoinOrDecline, None);
        let enough = standing.parties.len() >= usize::from(self.state.text.parties_min.max(2));
        if standing.invited.is_empty() && !enough {
            self.add(&standing.coordinator, &Task::Invite, None);
        }
    }

    fn negotiation(&mut self) {
        let State { text, standing, disputes, .. } = self.state;
        self.facts();
        self.offers();
        self.clauses();
        self.findings();
        for (number, dispute) in disputes {
            self.dispute(*number, dispute);
        }
        if disputes.is_empty() && text.is_ready(&standing.parties) {
            self.add(standing.parties.difference(&text.initialled), &Task::Initial, None);
        }
    }

    fn offers(&mut self) {
        let State { table, text, standing, disputes, .. } = self.state;
        let parties = &standing.parties;
        for (number, offer) in &table.offers {
            self.add(offer.awaited.intersection(parties), &Task::AnswerOffer { offer: *number }, offer.expires.as_ref());
        }
        for (number, author) in &table.sent_back {
            self.add([author], &Task::ImproveOffer { offer: *number }, None);
        }
        let disputed = |term: &TermId| disputes.values().any(|dispute| dispute.terms.contains(term));
        let open = text.terms.iter().filter(|(term, agreed)| !**agreed && !disputed(term));
        let terms: Vec<TermId> = open.map(|(term, _)| term.clone()).collect();
        let wanted = !terms.is_empty() || text.allocation_is_outdated(parties);
        if wanted && table.offers.is_empty() && table.sent_back.is_empty() {
            self.add(parties, &Task::TableOffer { terms }, None);
        }
    }

    fn clauses(&mut self) {
        let State { text, standing, .. } = self.state;
        if text.lacks_wording() {
            let contents = text.contents_missing.iter().cloned().collect();
            self.add(&standing.parties, &Task::DraftText { contents }, None);
        }
        for (clause, stands) in &text.clauses {
            self.add(&stands.lacks(&standing.parties), &Task::AgreeWording { clause: clause.clone() }, None);
        }
    }

    fn findings(&mut self) {
        let State { text, standing, .. } = self.state;
        for found in text.findings.iter().filter(|found| found.open) {
            self.add(&found.lacks(&standing.parties), &Task::ClearFinding { finding: found.what.clone() }, None);
        }
    }

    /// Figures are no part of the text, so nothing waits for them; but they are to be looked at while it can still change.
    fn facts(&mut self) {
        let State { text, standing, .. } = self.state;
        for (fact, said) in &text.facts {
            self.add(standing.parties.difference(said), &Task::TakePosition { fact: fact.clone() }, None);
        }
    }

    /// A party is asked as long as it is one, also about a text that is frozen.
    fn requests(&mut self) {
        let State { requests, standing, .. } = self.state;
        for (number, request) in requests.iter().filter(|(_, request)| standing.parties.contains(&request.to)) {
            self.add([&request.to], &Task::AnswerRequest { request: *number }, request.due.as_ref());
        }
    }

    fn dispute(&mut self, number: DisputeNo, dispute: &Dispute) {
        if dispute.settled {
            return;
        }
        let parties = &self.state.standing.parties;
        let present = dispute.present(parties);
        let until = dispute.due.as_ref();
        if present.len() < 2 {
            self.add(dispute.can_take_back(parties), &Task::TakeBackDispute { dispute: number }, until);
        } else if let Some(put) = &dispute.put {
            self.add(present, &Task::AnswerProposal { dispute: number, number: put.number }, put.due.as_ref());
        } else if let Some(facilitator) = &dispute.facilitator {
            self.add([facilitator], &Task::SettleDispute { dispute: number }, until);
        } else if dispute.candidates.is_empty() {
            self.add(present, &Task::ProposeFacilitator { dispute: number }, until);
        } else {
            for (facilitator, accepted) in &dispute.candidates {
                let missing: Vec<_> = present.iter().copied().filter(|party| !accepted.contains(*party)).collect();
                // Whoever was still to accept may have left; then any of the others says it again.
                let who = if missing.is_empty() { present.iter().copied().collect() } else { missing };
                self.add(who, &Task::AcceptFacilitator { dispute: number, facilitator: facilitator.clone() }, until);
            }
        }
    }

    fn procedure(&mut self) {
        let State { steps, signatures, standing, .. } = self.state;
        let parties = &standing.parties;
        for task in &steps.tasks {
            let step = task.step.clone();
            if task.undecided {
                self.add(task.who.intersection(parties), &Task::DecideCondition(step), task.due.as_ref());
            } else {
                self.add(&task.who, &Task::RecordStep(step), task.due.as_ref());
            }
        }
        if let Some(agreement) = signatures.opened {
            self.add(&signatures.next(parties), &Task::Sign { agreement }, None);
            self.add(signatures.second_clerks(parties), &Task::AttestPaper { agreement }, None);
        }
    }
}
