//! What the things of a case are called: terms, facts, clauses, steps, functions, components, disputes. Taken from a fold, or learned from the
//! events that name them, so that a page of the record needs no fold at all.

use std::collections::BTreeMap;

use gateway::problem::Language;
use gateway::texts;
use proto::allocation::{self, Model};
use proto::authority;
use proto::id::{ClauseId, ComponentId, DriverId, FactId, FunctionId, StepId, TermId};
use proto::mediation::{self, DisputeNo};
use proto::message::Event;
use proto::negotiation;
use proto::term::Kind;
use proto::words::Names;

/// Names by kind and id. What is not known is called by its id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Things {
    facts: BTreeMap<String, Names>,
    terms: BTreeMap<String, Names>,
    options: BTreeMap<String, Names>,
    clauses: BTreeMap<String, Names>,
    steps: BTreeMap<String, Names>,
    functions: BTreeMap<String, Names>,
    components: BTreeMap<String, Names>,
    drivers: BTreeMap<String, Names>,
    disputes: BTreeMap<DisputeNo, Names>,
}

impl Things {
    /// As a case names them.
    pub fn of(state: &::negotiation::State) -> Self {
        let mut things = Self {
            facts: state.facts.iter().map(|(id, fact)| (id.to_string(), fact.names.clone())).collect(),
            terms: state.terms.iter().map(|(id, term)| (id.to_string(), term.names.clone())).collect(),
            clauses: state.clauses.iter().map(|(id, clause)| (id.to_string(), clause.heading.clone())).collect(),
            options: state.terms.values().flat_map(|term| options(&term.kind)).collect(),
            disputes: state.disputes.iter().map(|(number, dispute)| (*number, dispute.names.clone())).collect(),
            ..Self::default()
        };
        // Steps are named by the procedure as it is pinned, which the register of procedures still has.
        if let Some(procedure) = state.procedure.as_ref().and_then(|form| proto::procedure::register().get(&form.id)) {
            things.pinned(procedure);
        }
        things
    }

    fn pinned(&mut self, procedure: &proto::procedure::Procedure) {
        self.steps = procedure.steps.iter().map(|step| (step.id.to_string(), step.names.clone())).collect();
    }

    /// With the functions of the authority matrix.
    pub fn matrix(mut self, state: &::authority::State) -> Self {
        self.functions.extend(state.matrix.iter().map(|(id, function)| (id.to_string(), function.names.clone())));
        self
    }

    /// With what a model of the laboratory names.
    pub fn model(&mut self, model: &Model) {
        self.components.extend(model.components.iter().map(|(id, component)| (id.to_string(), component.names.clone())));
        self.drivers.extend(model.drivers.iter().map(|(id, driver)| (id.to_string(), driver.names.clone())));
    }

    /// Takes in the names that an event gives.
    pub fn learn(&mut self, event: &Event) {
        match event {
            Event::Negotiation(event) => self.learn_case(event),
            Event::Allocation(allocation::Event::Computed { model, .. } | allocation::Event::RunTabled { model, .. }) => self.model(model),
            Event::Authority(authority::Event::FunctionSet { function, row, .. }) => {
                self.functions.insert(function.to_string(), row.names.clone());
            }
            Event::Mediation(mediation::Event::DisputeOpened { dispute, names, .. }) => {
                self.disputes.insert(*dispute, names.clone());
            }
            Event::Calendar(_)
            | Event::Registry(_)
            | Event::Allocation(_)
            | Event::Authority(_)
            | Event::Approvals(_)
            | Event::Signing(_)
            | Event::Mediation(_) => {}
        }
    }

    fn learn_case(&mut self, event: &negotiation::Event) {
        match event {
            negotiation::Event::CaseOpened { procedure, .. } => self.pinned(procedure),
            negotiation::Event::FactStated { fact, names, .. } => _ = self.facts.insert(fact.to_string(), names.clone()),
            negotiation::Event::TermDefined { term, names, kind } => {
                self.terms.insert(term.to_string(), names.clone());
                self.options.extend(options(kind));
            }
            negotiation::Event::ClauseAdded { clause, heading, .. } => _ = self.clauses.insert(clause.to_string(), heading.clone()),
            negotiation::Event::Invited { .. }
            | negotiation::Event::AgendaSet(_)
            | negotiation::Event::Joined { .. }
            | negotiation::Event::Declined { .. }
            | negotiation::Event::Left { .. }
            | negotiation::Event::PositionTaken { .. }
            | negotiation::Event::WordingProposed { .. }
            | negotiation::Event::WordingSupported { .. }
            | negotiation::Event::ClauseReserved { .. }
            | negotiation::Event::ClauseCommented { .. }
            | negotiation::Event::InformationRequested { .. }
            | negotiation::Event::InformationAnswered { .. }
            | negotiation::Event::InformationLacking { .. }
            | negotiation::Event::OfferDrafted { .. }
            | negotiation::Event::SoundingMade { .. }
            | negotiation::Event::SoundingAnswered { .. }
            | negotiation::Event::SoundingWithdrawn { .. }
            | negotiation::Event::OfferTabled { .. }
            | negotiation::Event::OfferAccepted { .. }
            | negotiation::Event::OfferAgreed { .. }
            | negotiation::Event::OfferSentBack { .. }
            | negotiation::Event::OfferWithdrawn { .. }
            | negotiation::Event::OfferLapsed { .. }
            | negotiation::Event::SettlementEntered { .. }
            | negotiation::Event::Initialled { .. }
            | negotiation::Event::PublicationAgreed { .. }
            | negotiation::Event::AgreementPublished { .. }
            | negotiation::Event::TextFrozen { .. }
            | negotiation::Event::TextReopened { .. } => {}
        }
    }

    /// The ids of all things whose names are such.
    pub fn named(&self, such: impl Fn(&Names) -> bool) -> Vec<&str> {
        let kinds = [&self.facts, &self.terms, &self.clauses, &self.steps, &self.functions, &self.components, &self.drivers];
        let all = kinds.into_iter().flatten();
        all.filter(|(_, names)| such(names)).map(|(id, _)| id.as_str()).collect()
    }

    /// What a term is called.
    pub fn term(&self, language: Language, id: &TermId) -> String {
        called(&self.terms, language, id.as_str())
    }

    /// What an option of a choice is called.
    pub(super) fn option(&self, language: Language, option: &str) -> String {
        called(&self.options, language, option)
    }

    /// What a clause is called.
    pub fn clause(&self, language: Language, id: &ClauseId) -> String {
        called(&self.clauses, language, id.as_str())
    }

    pub(super) fn fact(&self, language: Language, id: &FactId) -> String {
        called(&self.facts, language, id.as_str())
    }

    pub(super) fn step(&self, language: Language, id: &StepId) -> String {
        called(&self.steps, language, id.as_str())
    }

    pub(super) fn function(&self, language: Language, id: &FunctionId) -> String {
        called(&self.functions, language, id.as_str())
    }

    pub(super) fn component(&self, language: Language, id: &ComponentId) -> String {
        called(&self.components, language, id.as_str())
    }

    pub(super) fn driver(&self, language: Language, id: &DriverId) -> String {
        called(&self.drivers, language, id.as_str())
    }

    /// The number of a dispute with what it is about, where that is known.
    pub(super) fn dispute(&self, language: Language, number: DisputeNo) -> String {
        let about = self.disputes.get(&number).map(|names| format!(" “{}”", texts::named(language, names)));
        format!("{number}{}", about.unwrap_or_default())
    }
}

/// The options of a term that have names of their own.
fn options(kind: &Kind) -> BTreeMap<String, Names> {
    match kind {
        Kind::Choice { names, .. } => names.clone(),
        Kind::Money { .. } | Kind::Share | Kind::Quantity { .. } | Kind::Date | Kind::Duty | Kind::Text => BTreeMap::new(),
    }
}

fn called(names: &BTreeMap<String, Names>, language: Language, id: &str) -> String {
    names.get(id).map_or_else(|| id.to_owned(), |names| texts::named(language, names).to_owned())
}
