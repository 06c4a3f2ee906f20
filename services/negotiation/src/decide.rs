//! The state of a case as the negotiation sees it, and the way from a command to its rule and from an event into the state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use proto::allocation::{Rule, TabledRun};
use proto::authority::MatrixFinding;
use proto::digest::Digest;
use proto::id::{ClauseId, ComponentId, FactId, GovernmentId, RunId, TermId};
use proto::mandate::Mandates;
use proto::mediation::DisputeNo;
use proto::message::{self, Event};
use proto::money::Money;
use proto::negotiation::{Agenda, Command, Event as Own, Frozen, OfferNo, OfferState, Package, Refusal, RequestNo, Rounds, SoundingNo};
use proto::standing::{Phase, Standing};
use proto::words::Names;
use proto::{approvals, authority, registry};
use runtime::decider::{Context, Meta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::disputes::Dispute;
use crate::facts::Fact;
use crate::form::Form;
use crate::offers::{Answer, Offer};
use crate::parties::{Body, Registered};
use crate::publication::Publication;
use crate::requests::Request;
use crate::soundings::Sounding;
use crate::text::{Clause, Term};
use crate::{agenda, answers, disputes, drafts, facts, freeze, moves, offers, parties, publication, requests, soundings, text};

/// What a rule answers: events, or why not.
pub(crate) type Outcome = Result<Vec<Own>, message::Refusal>;

/// A case as its history tells it: what the rules decide on and what readers are shown.
///
/// The last four fields belong to other streams: the register entry of a body, its mandates, a party's own drafts, what it has sounded another
/// out on.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "NegotiationState")]
pub struct State {
    /// How far the case has come, and who is in.
    pub standing: Standing,
    /// Title of the project.
    pub title: Option<Names>,
    /// The legal form, as pinned when the case opened.
    pub procedure: Option<Arc<Form>>,
    /// How rounds go.
    pub rounds: Option<Rounds>,
    /// All bodies that convene, are invited, take part, have declined or left.
    pub bodies: BTreeMap<GovernmentId, Body>,
    /// The agenda of the round that is held or comes next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agenda: Option<Agenda>,
    /// Figures on record.
    pub facts: BTreeMap<FactId, Fact>,
    /// What the parties have asked each other, and the answers.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub requests: BTreeMap<RequestNo, Request>,
    /// Terms with their agreed values.
    pub terms: BTreeMap<TermId, Term>,
    /// The clauses of the single negotiating text.
    pub clauses: BTreeMap<ClauseId, Clause>,
    /// All offers: a tree by `counters` and `improves`.
    pub offers: BTreeMap<OfferNo, Offer>,
    /// Whose move it is: who has yet to answer the newest open offer (alternating rounds) or any open one. In free rounds it binds nobody.
    /// Offers whose time has passed are in it until the lapse is recorded.
    pub turn: BTreeSet<GovernmentId>,
    /// Results of the laboratory that are on the table, by digest.
    pub allocations: BTreeMap<Digest, Tabled>,
    /// The allocation of the offer agreed last that holds one.
    pub allocation: Option<Digest>,
    /// Digest of the authority matrix.
    pub matrix: Option<Digest>,
    /// What is open in the authority matrix.
    pub findings: Vec<MatrixFinding>,
    /// Disputes, open and closed.
    pub disputes: BTreeMap<DisputeNo, Dispute>,
    /// Whose councils have passed the frozen text amended.
    pub amended: BTreeSet<GovernmentId>,
    /// Who has initialled the text that stands.
    pub initialled: BTreeSet<GovernmentId>,
    /// What stands in the way of initialling.
    pub obstacles: Vec<Refusal>,
    /// What can be initialled, once nothing stands in the way.
    pub to_initial: Option<Frozen>,
    /// What is frozen.
    pub frozen: Option<Frozen>,
    /// The day from which the agreement is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<Date>,
    /// What the parties make public of it.
    #[serde(skip_serializing_if = "Publication::is_empty")]
    pub publication: Publication,
    /// The body's register entry. (Stream of a government.)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<Registered>,
    /// The body's mandates. (Sealed stream of its mandates.)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mandates: Option<Mandates>,
    /// The party's drafts. (Its sealed stream in the case.)
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub drafts: BTreeMap<String, Package>,
    /// What a party has sounded another out on. (The sealed stream of the two.)
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub soundings: BTreeMap<SoundingNo, Sounding>,
}

/// A result of the laboratory on the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tabled {
    /// The run.
    pub run: RunId,
    /// Who tabled it.
    pub by: GovernmentId,
    /// By which rules.
    pub rules: BTreeMap<ComponentId, Rule>,
    /// Who would pay what of which component.
    pub shares: BTreeMap<ComponentId, BTreeMap<GovernmentId, Money>>,
    /// What each would bear in all.
    pub total: BTreeMap<GovernmentId, Money>,
}

impl Tabled {
    fn new(TabledRun { run, by, model, result, .. }: &TabledRun<'_>) -> Self {
        Self {
            run: RunId::clone(run),
            by: GovernmentId::clone(by),
            rules: model.components.iter().map(|(id, component)| (id.clone(), component.rule.clone())).collect(),
            shares: result.components.iter().map(|(id, of)| (id.clone(), of.shares.clone())).collect(),
            total: result.total.clone(),
        }
    }
}

impl State {
    /// The acting party, while the text is open.
    pub(crate) fn negotiator<'a>(&self, context: &Context<'a, Self>) -> Result<&'a GovernmentId, message::Refusal> {
        let party = self.standing.party(context.actor.government())?;
        self.open_text()?;
        Ok(party)
    }

    /// That the acting body is the one that opened the case.
    pub(crate) fn coordinator(&self, context: &Context<'_, Self>) -> Result<(), message::Refusal> {
        let by = self.standing.reader(context.actor.government())?;
        match self.standing.coordinator.as_ref().filter(|coordinator| *coordinator != by) {
            Some(coordinator) => Err(Refusal::NotTheCoordinator { coordinator: coordinator.clone() }.into()),
            None => Ok(()),
        }
    }

    pub(crate) fn open_text(&self) -> Result<(), Refusal> {
        if self.standing.phase > Phase::Open { Err(Refusal::TextIsFrozen) } else { Ok(()) }
    }

    /// Takes in one event of any stream the negotiation looks at.
    pub fn evolve(&mut self, event: &Event, of: &Meta) {
        self.standing.evolve(event);
        match event {
            Event::Negotiation(event) => self.negotiated(event, of),
            Event::Mediation(event) => disputes::evolve(self, event),
            Event::Authority(event) => self.matrix_changed(event),
            Event::Allocation(event) => {
                if let Some(run) = event.tabled_run() {
                    self.allocations.insert(run.digest, Tabled::new(&run));
                }
            }
            Event::Approvals(approvals::Event::PassedAmended { government, agreement }) => {
                if self.standing.agreement == Some(*agreement) {
                    self.amended.insert(government.clone());
                }
            }
            Event::Approvals(approvals::Event::EnteredIntoForce { on, .. }) => self.in_force = Some(*on),
            Event::Registry(event) => self.registered(event),
            Event::Calendar(_) | Event::Approvals(_) | Event::Signing(_) => {}
        }
        self.turn = self.whose_turn(None);
        freeze::look_again(self);
    }

    fn registered(&mut self, event: &registry::Event) {
        match event {
            registry::Event::GovernmentRegistered { names, parent, .. } => {
                self.register = Some(Registered { names: names.clone(), parent: parent.clone() });
            }
            registry::Event::MandateGranted(_) | registry::Event::MandateRevoked { .. } => {
                self.mandates.get_or_insert_default().evolve(event);
            }
            registry::Event::PopulationRecorded(_)
            | registry::Event::Appointed { .. }
            | registry::Event::AppointmentEnded { .. }
            | registry::Event::KeyRegistered { .. }
            | registry::Event::KeyRevoked { .. }
            | registry::Event::KeyUsed { .. } => {}
        }
    }

    fn matrix_changed(&mut self, event: &authority::Event) {
        let (matrix, open) = match event {
            authority::Event::FunctionSet { matrix, open, .. } => (Some(*matrix), open),
            authority::Event::FunctionRemoved { matrix, open, .. } => (*matrix, open),
            authority::Event::FindingAllowed { open, .. } | authority::Event::Rechecked { open } => (self.matrix, open),
        };
        if matrix != self.matrix {
            self.initialled.clear();
        }
        self.matrix = matrix;
        self.findings.clone_from(open);
    }

    fn negotiated(&mut self, event: &Own, of: &Meta) {
        if changes_text(event) {
            self.initialled.clear();
        }
        match event {
            Own::CaseOpened { by, title, procedure, rounds, parent } => {
                parties::opened(self, by, title, procedure, *rounds, parent.as_ref());
            }
            Own::Invited { government, parent } => parties::was_invited(self, government, parent.as_ref()),
            Own::Joined { government, ties } => parties::joined(self, government, ties),
            Own::Declined { government, why } => parties::declined(self, government, why.as_ref()),
            Own::Left { government, why } => parties::left(self, government, why.as_ref()),
            Own::AgendaSet(agenda) => self.agenda = Some(agenda.clone()),
            Own::FactStated { fact, by, names, value, estimated_by, estimated_on, source } => {
                let (by, names, value, positions) = (by.clone(), names.clone(), value.clone(), BTreeMap::new());
                let (estimated_by, estimated_on, source) = (estimated_by.clone(), *estimated_on, source.clone());
                self.facts.insert(fact.clone(), Fact { by, names, value, estimated_by, estimated_on, source, positions });
            }
            Own::PositionTaken { fact, by, position } => {
                self.facts.entry(fact.clone()).and_modify(|fact| {
                    fact.positions.insert(by.clone(), position.clone());
                });
            }
            Own::InformationRequested { request, by, to, question, due } => {
                let (by, to, question, due) = (by.clone(), to.clone(), question.clone(), due.clone());
                requests::asked(self, *request, Request { by, to, question, asked_at: of.at, due, reply: None });
            }
            Own::InformationAnswered { request, answer, documents, .. } => {
                requests::replied(self, *request, answer, false, documents, of);
            }
            Own::InformationLacking { request, why, .. } => requests::replied(self, *request, why, true, &[], of),
            Own::TermDefined { term, names, kind } => {
                self.terms.insert(term.clone(), Term { names: names.clone(), kind: kind.clone(), agreed: None });
            }
            Own::ClauseAdded { clause, by, heading, content, terms, wording } => {
                text::clause_added(self, clause, by, heading, content.as_ref(), terms, wording);
            }
            Own::WordingProposed { clause, by, wording } => text::moved(self, clause, |clause| clause.support(wording, [by.clone()])),
            Own::WordingSupported { clause, by, wording } => {
                text::moved(self, clause, |clause| clause.stand_behind(*wording, [by.clone()]));
            }
            Own::ClauseReserved { clause, by } => text::moved(self, clause, |clause| clause.reserve(by)),
            Own::ClauseCommented { clause, by, comment } => requests::commented(self, clause, by, comment, of),
            Own::OfferDrafted { draft, package } => {
                self.drafts.insert(draft.clone(), package.clone());
            }
            Own::SoundingMade { sounding, by, to, package, text } => soundings::made(self, *sounding, by, to, package, text.as_ref(), of),
            Own::SoundingAnswered { sounding, text, .. } => soundings::answered(self, *sounding, text, of),
            Own::SoundingWithdrawn { sounding, .. } => soundings::withdrawn(self, *sounding, of),
            Own::OfferTabled { offer, by, to, counters, improves, package, expires } => {
                let to = to.iter().map(|party| (party.clone(), Answer::Awaited)).collect();
                let (by, package, expires) = (Some(by.clone()), package.clone(), expires.clone());
                let (counters, improves, state) = (*counters, *improves, OfferState::Open);
                let (settles, reasons, tabled_at) = (None, BTreeMap::new(), of.at);
                offers::tabled(self, *offer, Offer { by, to, counters, improves, settles, reasons, package, expires, state, tabled_at });
            }
            Own::OfferAccepted { offer, by } => offers::accepted(self, *offer, by),
            Own::OfferAgreed { offer } => offers::agreed(self, *offer),
            Own::OfferSentBack { offer, by, why } => offers::sent_back(self, *offer, by, why.as_ref()),
            Own::OfferWithdrawn { offer } => offers::closed(self, *offer, OfferState::Withdrawn),
            Own::OfferLapsed { offer } => offers::closed(self, *offer, OfferState::Lapsed),
            Own::SettlementEntered { offer, dispute, package } => disputes::entered(self, *offer, *dispute, package, of),
            Own::Initialled { by, .. } => {
                self.initialled.insert(by.clone());
            }
            Own::PublicationAgreed { by, parts, .. } => publication::agreed(self, by, parts),
            Own::AgreementPublished { parts, .. } => publication::published(self, parts),
            Own::TextFrozen { frozen, .. } => freeze::froze(self, Some(frozen)),
            Own::TextReopened { .. } => freeze::froze(self, None),
        }
    }
}

/// Whether the text that initials authenticate is another one afterwards.
fn changes_text(event: &Own) -> bool {
    match event {
        Own::Joined { .. }
        | Own::Left { .. }
        | Own::TermDefined { .. }
        | Own::ClauseAdded { .. }
        | Own::WordingProposed { .. }
        | Own::WordingSupported { .. }
        | Own::ClauseReserved { .. }
        | Own::OfferAgreed { .. }
        | Own::SettlementEntered { .. }
        | Own::TextReopened { .. } => true,
        Own::CaseOpened { .. }
        | Own::Invited { .. }
        | Own::Declined { .. }
        | Own::AgendaSet(_)
        | Own::FactStated { .. }
        | Own::PositionTaken { .. }
        | Own::InformationRequested { .. }
        | Own::InformationAnswered { .. }
        | Own::InformationLacking { .. }
        | Own::ClauseCommented { .. }
        | Own::OfferDrafted { .. }
        | Own::SoundingMade { .. }
        | Own::SoundingAnswered { .. }
        | Own::SoundingWithdrawn { .. }
        | Own::OfferTabled { .. }
        | Own::OfferAccepted { .. }
        | Own::OfferSentBack { .. }
        | Own::OfferWithdrawn { .. }
        | Own::OfferLapsed { .. }
        | Own::Initialled { .. }
        | Own::PublicationAgreed { .. }
        | Own::AgreementPublished { .. }
        | Own::TextFrozen { .. } => false,
    }
}

/// The rules: which one answers which command.
pub(crate) fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Outcome {
    match command {
        Command::OpenCase { title, procedure, rounds, as_party } => parties::open(state, context, title, procedure, *rounds, *as_party),
        Command::Invite { government } => parties::invite(state, context, government),
        Command::Join { mandate } => parties::join(state, context, *mandate),
        Command::Decline { why } => parties::decline(state, context, why.as_ref()),
        Command::Leave { why } => parties::leave(state, context, why.as_ref()),
        Command::SetAgenda { round, meeting, items } => agenda::set(state, context, *round, meeting.as_ref(), items),
        Command::StateFact { fact, names, value, estimated_by, estimated_on, source } => {
            let (by, names, value) = (facts::may_state(state, context, fact, names, estimated_by)?.clone(), names.clone(), value.clone());
            let (fact, estimated_by, estimated_on, source) = (fact.clone(), estimated_by.clone(), *estimated_on, source.clone());
            Ok(vec![Own::FactStated { fact, by, names, value, estimated_by, estimated_on, source }])
        }
        Command::TakePosition { fact, position } => facts::take_position(state, context, fact, position),
        Command::RequestInformation { to, question, due } => requests::ask(state, context, to, question, due.as_ref()),
        Command::AnswerInformation { request, answer, documents } => requests::answer(state, context, *request, answer, documents),
        Command::LackInformation { request, why } => requests::lack(state, context, *request, why),
        Command::DefineTerm { term, names, kind } => text::define_term(state, context, term, names, kind),
        Command::AddClause { clause, heading, content, terms, wording } => {
            let by = text::may_add(state, context, clause, heading, content.as_ref(), terms, wording)?.clone();
            let (clause, heading, terms, wording) = (clause.clone(), heading.clone(), terms.clone(), wording.clone());
            Ok(vec![Own::ClauseAdded { clause, by, heading, content: content.clone(), terms, wording }])
        }
        Command::ProposeWording { clause, wording } => text::propose(state, context, clause, wording),
        Command::SupportWording { clause, wording } => text::support(state, context, clause, *wording),
        Command::ReserveClause { clause } => text::reserve(state, context, clause),
        Command::CommentClause { clause, comment } => requests::comment(state, context, clause, comment),
        Command::DraftOffer { draft, package } => drafts::keep(context, draft, package),
        Command::SoundOut { to, package, text } => soundings::make(state, context, to, package, text.as_ref()),
        Command::AnswerSounding { sounding, text, .. } => soundings::answer(state, context, *sounding, text),
        Command::WithdrawSounding { sounding, .. } => soundings::withdraw(state, context, *sounding),
        Command::TableOffer { to, package, mandate, expires } => moves::table(state, context, to, package, *mandate, expires.as_ref()),
        Command::CounterOffer { to, package, mandate, expires } => moves::counter(state, context, *to, package, *mandate, expires.as_ref()),
        Command::ImproveOffer { offer, package, mandate, expires } => {
            moves::improve(state, context, *offer, package, *mandate, expires.as_ref())
        }
        Command::AcceptOffer { offer, mandate } => answers::accept(state, context, *offer, *mandate),
        Command::SendBackOffer { offer, why } => answers::send_back(state, context, *offer, why.as_ref()),
        Command::WithdrawOffer { offer } => answers::withdraw(state, context, *offer),
        Command::LapseOffer { offer } => answers::lapse(state, context, *offer),
        Command::EnterSettlement { dispute, terms, labels } => disputes::enter(state, *dispute, terms, labels),
        Command::Initial { frozen, no_side_agreement } => freeze::initial(state, context, frozen, *no_side_agreement),
        Command::PublishAgreement { agreement, parts } => publication::publish(state, context, *agreement, parts),
        Command::ReopenText { government } => freeze::reopen(state, government),
    }
}
