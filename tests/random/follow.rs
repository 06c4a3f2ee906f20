//! Doing what the inbox says is to be done, as an official would who wants the case to get on: mostly rightly, now and then otherwise.

mod mediate;
mod sign;

use approvals::Status;
use notifications::{Move, Task};
use proto::approvals::StepOf;
use proto::id::ClauseId;
use proto::procedure::RunsFrom;
use proto::registry::Scope;
use serde_json::{Value, json};

use crate::moves::{kind_of, random};
use crate::setup::{BODIES, STRANGERS, grant, mandate_id, official};
use crate::values::{self, done, letter, names, terms, wording};
use crate::world::{World, ZONE};

/// Takes a move that waits for somebody; where none does, somebody does something. Nobody initials before it is time.
pub fn follow(world: &mut World, time_to_initial: bool) {
    let inbox = world.folds.inbox.clone();
    let moves = inbox.moves.iter().filter(|waiting| time_to_initial || waiting.task != Task::Initial);
    let Some(waiting) = world.dice.any(moves.cloned()) else { return random(world) };
    let body = waiting.government.to_string();
    match &waiting.task {
        Task::Invite => {
            let invited = world.dice.pick(&BODIES);
            delegate(world, &body, "invite", &json!({ "government": invited }));
        }
        Task::JoinOrDecline if world.dice.once_in(12) => delegate(world, &body, "decline", &json!({})),
        Task::JoinOrDecline => acting(world, &body, "join", json!({})),
        Task::TakePosition { fact } => delegate(world, &body, "take_position", &json!({ "fact": fact, "position": "accepts" })),
        Task::AnswerRequest { request } => {
            delegate(world, &body, "answer_information", &json!({ "request": request, "answer": { "remark": "so much" } }));
        }
        Task::DraftText { contents } => draft_text(world, &body, contents.first()),
        Task::TableOffer { terms: open } => table_offer(world, &body, &open.iter().map(ToString::to_string).collect::<Vec<_>>()),
        Task::AnswerOffer { offer } => answer_offer(world, &body, *offer),
        Task::ImproveOffer { offer } => {
            let package = values::package(world);
            acting(world, &body, "improve_offer", json!({ "offer": offer, "package": package }));
        }
        Task::AgreeWording { clause } => agree_wording(world, &body, clause),
        Task::ClearFinding { finding } => {
            by_delegate(world, &body, "authority", "allow_finding", &json!({ "finding": finding, "why": { "remark": "it may stay" } }));
        }
        Task::Initial => initial(world, &body),
        Task::ProposeFacilitator { dispute } => mediate::propose(world, &body, *dispute),
        Task::AcceptFacilitator { dispute, facilitator } => mediate::accept(world, &body, *dispute, facilitator),
        Task::SettleDispute { dispute } => mediate::settle(world, &body, *dispute),
        Task::AnswerProposal { dispute, number } => mediate::answer(world, &body, *dispute, *number),
        Task::TakeBackDispute { dispute } => mediate::take_back(world, &body, *dispute),
        Task::DecideCondition(step) => {
            let fields = json!({ "step": step, "applies": world.dice.once_in(2), "why": { "remark": "so says the act" } });
            by_one_of(world, &waiting, "approvals", "decide_condition", &fields);
        }
        Task::RecordStep(step) => record_step(world, &waiting, step),
        Task::Sign { agreement } => sign::sign(world, &body, *agreement),
        Task::AttestPaper { agreement } => sign::attest(world, &body, *agreement),
    }
}

fn by_role(world: &mut World, body: &str, role: &str, family: &str, kind: &str, fields: &Value) {
    world.person(&official(body, role), body, &json!({ family: { kind: fields } }));
}

fn by_one_of(world: &mut World, waiting: &Move, family: &str, kind: &str, fields: &Value) {
    let role = world.dice.pick(&waiting.roles);
    by_role(world, waiting.government.as_str(), role.name(), family, kind, fields);
}

fn by_delegate(world: &mut World, body: &str, family: &str, kind: &str, fields: &Value) {
    by_role(world, body, "delegate", family, kind, fields);
}

fn delegate(world: &mut World, body: &str, kind: &str, fields: &Value) {
    by_delegate(world, body, "negotiation", kind, fields);
}

/// What a delegate does under a mandate without bounds, which the head gives first where there is none.
fn acting(world: &mut World, body: &str, kind: &str, mut fields: Value) {
    if let Some(mandate) = free_mandate(world, body) {
        fields["mandate"] = json!(mandate);
        delegate(world, body, kind, &fields);
    }
}

/// A mandate that covers everything.
fn free_mandate(world: &mut World, body: &str) -> Option<String> {
    let today = world.today();
    let held = world.folds.register.mandates.get(&body.parse().unwrap()).cloned().unwrap_or_default();
    let covers = held.granted.values().filter(|granted| !granted.revoked).map(|granted| &granted.mandate);
    let mut free = covers.filter(|mandate| mandate.until >= today && mandate.bounds.is_empty() && mandate.scope == Scope::All);
    if let Some(mandate) = free.next() {
        return Some(mandate.mandate.to_string());
    }
    let number = 100 + u32::try_from(held.granted.len()).unwrap();
    grant(world, body, number, &json!({})).then(|| mandate_id(body, number))
}

/// Some mandate: mostly one that covers everything, else one that may be bounded, passed on, revoked, never granted, or another's.
pub fn some_mandate(world: &mut World, body: &str) -> String {
    match world.dice.below(8) {
        0 => mandate_id(body, 2),
        1 => mandate_id(body, 3 + world.dice.below(20)),
        2 => mandate_id(world.dice.pick(&BODIES), 1),
        _ => mandate_id(body, 1),
    }
}

fn draft_text(world: &mut World, body: &str, content: Option<&String>) {
    let clause = format!("clause-{}", world.record.len());
    let mut fields = json!({ "clause": clause, "heading": names(), "wording": { "en": "one" } });
    if let Some(content) = content {
        fields["content"] = json!(content);
    }
    delegate(world, body, "add_clause", &fields);
}

fn table_offer(world: &mut World, body: &str, open: &[String]) {
    if world.dice.once_in(6) && !open.is_empty() {
        let other = world.dice.any(world.parties()).unwrap_or_else(|| body.to_owned());
        let fields = json!({ "names": names(), "terms": open, "with": [other] });
        return by_delegate(world, body, "mediation", "open_dispute", &fields);
    }
    let package = json!({ "terms": terms(&mut world.dice, open) });
    let mut fields = json!({ "package": package });
    values::perhaps(world, &mut fields, "expires", values::deadline);
    acting(world, body, "table_offer", fields);
}

fn answer_offer(world: &mut World, body: &str, offer: u32) {
    if world.dice.once_in(6) {
        let package = values::package(world);
        acting(world, body, "counter_offer", json!({ "to": offer, "package": package }));
    } else if world.dice.once_in(8) {
        delegate(world, body, "send_back_offer", &json!({ "offer": offer }));
    } else if world.dice.once_in(10) {
        let author = world.folds.negotiation.offers[&offer].by.as_ref().map(ToString::to_string);
        delegate(world, &author.unwrap_or_default(), "withdraw_offer", &json!({ "offer": offer }));
    } else {
        acting(world, body, "accept_offer", json!({ "offer": offer }));
    }
}

/// Everyone goes to the first wording, so that one is found.
fn agree_wording(world: &mut World, body: &str, clause: &ClauseId) {
    let state = world.folds.negotiation.clone();
    let Some(first) = state.clauses[clause].alternatives.first() else { return };
    if world.dice.once_in(12) {
        let said = wording(&mut world.dice);
        delegate(world, body, "propose_wording", &json!({ "clause": clause, "wording": said }));
    } else {
        delegate(world, body, "support_wording", &json!({ "clause": clause, "wording": first.digest }));
    }
}

/// As a rule a party knows before it initials which steps it will have to take.
fn initial(world: &mut World, body: &str) {
    let state = world.folds.approvals.clone();
    let own = |of: &StepOf| of.government.as_ref().is_none_or(|owner| owner.as_str() == body);
    let undecided = state.lanes.all().filter(|instance| instance.status == Status::ConditionOpen && own(&instance.of));
    if let Some(instance) = world.dice.any(undecided).filter(|_| !world.dice.once_in(6)) {
        let fields = json!({ "step": instance.of, "applies": world.dice.once_in(8), "why": { "remark": "nothing is committed" } });
        return by_role(world, body, "approver", "approvals", "decide_condition", &fields);
    }
    let frozen = world.folds.negotiation.to_initial.clone();
    delegate(world, body, "initial", &json!({ "frozen": frozen, "no_side_agreement": true }));
}

fn record_step(world: &mut World, waiting: &Move, step: &StepOf) {
    let state = world.folds.approvals.clone();
    let Some(instance) = state.lanes.find(step) else { return };
    let (yes, arrived) = (!world.dice.once_in(5), !world.dice.once_in(12));
    let timed = instance.step.time.as_ref().is_some_and(|time| time.from == RunsFrom::OutsideEvent);
    match &instance.clock {
        None if timed && world.dice.once_in(2) => {
            let fields = json!({ "step": step, "from": world.today(), "zone": ZONE, "formal": yes });
            return by_one_of(world, waiting, "approvals", "start_clock", &fields);
        }
        // Whoever has time may let it pass.
        Some(clock) if !clock.over && !world.dice.once_in(10) => return,
        _ => {}
    }
    let by_party = state.standing.parties.contains(&waiting.government);
    let above = if by_party { STRANGERS[1].to_owned() } else { waiting.government.to_string() };
    let done = done(&mut world.dice, &kind_of(instance), yes, &above);
    let mut fields = json!({ "step": step, "done": done, "letter": letter(world, arrived) });
    if instance.step.is_about_text() {
        fields["agreement"] = json!(state.standing.agreement);
    }
    by_one_of(world, waiting, "approvals", "record_step", &fields);
}
