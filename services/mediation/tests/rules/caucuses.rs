//! Notes, proposals, answers.

use std::collections::BTreeMap;

use mediation::Outcome;
use proto::access::{Asker, Denial};
use proto::actor::Role;
use proto::digest::Digest;
use proto::finding::{Finding, MandateVerdict};
use proto::mediation::{Closing, Command as C, Event as E, Proposal, Refusal as R};
use proto::message::{Command, Refusal, Target};
use proto::money::Money;
use proto::term::Value;

use crate::table::*;

const AGREED: i64 = 5_000_000_000;

fn with(mut proposal: Proposal, name: &str, value: Value) -> Proposal {
    proposal.terms.insert(term(name), value);
    proposal
}

#[test]
fn each_side_and_the_facilitator_confide_in_a_caucus_of_their_own() {
    let mut table = Table::facilitated();
    table.done("seoul-delegate", note("seoul", "we could go up to 40"));
    table.done("council-mediator", note("seoul", "and to 50 in instalments?"));
    let notes: Vec<_> = table.caucus("seoul").caucus[&1].notes.iter().map(|n| (n.by.to_string(), n.text.clone())).collect();
    assert_eq!(notes, [("seoul".into(), "we could go up to 40".into()), ("council".into(), "and to 50 in instalments?".to_owned())]);
    assert!(table.caucus("gwangmyeong").caucus.is_empty());
}

#[test]
fn nobody_writes_in_another_caucus() {
    let mut table = Table::facilitated();
    assert_eq!(table.refused("gwangmyeong-delegate", note("seoul", "psst")), R::NotYourCaucus);
    assert_eq!(table.refused("guro-delegate", note("seoul", "psst")), R::NotYourCaucus);
    assert_eq!(table.refused("guro-delegate", note("guro", "psst")), R::NotInDispute { dispute: 1 });
    assert_eq!(table.refused("council-mediator", note("guro", "psst")), R::NoSuchCaucus { dispute: 1, caucus: body("guro") });
    let denied = Table::in_dispute().act("council-mediator", note("seoul", "psst"));
    assert_eq!(denied, Err(Refusal::Access(Denial::NoSuchCase)));
}

#[test]
fn a_mediator_speaks_for_the_facilitator_and_a_delegate_for_the_party() {
    let mut table = Table::facilitated();
    for (who, body_name, needed) in [("council-delegate", "council", Role::Mediator), ("seoul-mediator", "seoul", Role::Delegate)] {
        let denial = Denial::NoAppointment { needed: vec![needed], government: body(body_name) };
        assert_eq!(table.act(who, note("seoul", "hello")), Err(Refusal::Access(denial)));
    }
}

#[test]
fn a_note_needs_a_facilitator_and_says_something() {
    let mut table = Table::in_dispute();
    assert_eq!(table.refused("seoul-delegate", note("seoul", "hello")), R::NoFacilitator);
    let mut table = Table::facilitated();
    assert_eq!(table.refused("seoul-delegate", note("seoul", " ")), R::Empty { field: "text".into() });
}

#[test]
fn only_the_facilitator_proposes() {
    let proposal = support(AGREED);
    let mut table = Table::in_dispute();
    assert_eq!(table.refused("gyeonggi-mediator", deliver(1, "seoul", &proposal)), R::NoFacilitator);
    let mut table = Table::facilitated();
    assert_eq!(table.refused("gyeonggi-mediator", deliver(1, "seoul", &proposal)), R::NotTheFacilitator);
    assert_eq!(table.refused("gyeonggi-mediator", put(1, &proposal)), R::NotTheFacilitator);
    let nowhere = R::NoSuchCaucus { dispute: 1, caucus: body("guro") };
    assert_eq!(table.refused("council-mediator", deliver(1, "guro", &proposal)), nowhere);
}

#[test]
fn a_proposal_covers_every_term_in_dispute_and_may_change_others() {
    let mut table = Table::facilitated();
    let mut proposal = support(AGREED);
    proposal.terms = BTreeMap::from([(term("ash-disposal"), Value::Text("in Guro".into()))]);
    let left_out = R::TermsLeftOut { terms: vec![term("resident-support")] };
    assert_eq!(table.refused("council-mediator", deliver(1, "seoul", &proposal)), left_out);
    let more = with(support(AGREED), "ash-disposal", Value::Text("in Guro".into()));
    assert!(table.act("council-mediator", deliver(1, "seoul", &more)).is_ok());
}

#[test]
fn a_label_stands_beside_a_value() {
    let mut table = Table::facilitated();
    let mut proposal = support(AGREED);
    proposal.labels = BTreeMap::from([(term("resident-support"), "40 %".into())]);
    assert!(table.act("council-mediator", deliver(1, "seoul", &proposal)).is_ok());
    proposal.labels.insert(term("ash-disposal"), "none".into());
    let without = R::TermsLeftOut { terms: vec![term("ash-disposal")] };
    assert_eq!(table.refused("council-mediator", deliver(1, "seoul", &proposal)), without);
}

#[test]
fn a_proposal_has_values_of_the_terms_kinds() {
    let mut table = Table::facilitated();
    let wrong = with(support(AGREED), "ash-disposal", Value::Share(50.into()));
    assert_eq!(table.refused("council-mediator", deliver(1, "seoul", &wrong)), R::WrongKind { term: term("ash-disposal") });
    let unknown = with(support(AGREED), "tipping-fee", Value::Share(50.into()));
    assert_eq!(table.refused("council-mediator", deliver(1, "seoul", &unknown)), R::UnknownTerm { term: term("tipping-fee") });
}

#[test]
fn a_proposal_leaves_the_terms_of_other_disputes_alone() {
    let mut table = Table::facilitated();
    table.done("guro-delegate", open(&["ash-disposal"], &["seoul"]));
    let wide = with(support(AGREED), "ash-disposal", Value::Text("in Guro".into()));
    let held = R::TermInDispute { term: term("ash-disposal"), dispute: 2 };
    assert_eq!(table.refused("council-mediator", deliver(1, "seoul", &wide)), held);
}

#[test]
fn the_same_proposal_is_in_every_caucus_before_it_is_put() {
    let mut table = Table::facilitated();
    let proposal = support(AGREED);
    let missing = |names: &[&str]| R::NotDelivered { missing: names.iter().map(|n| body(n)).collect() };
    assert_eq!(table.refused("council-mediator", put(1, &proposal)), missing(&["gwangmyeong", "seoul"]));
    table.done("council-mediator", deliver(1, "seoul", &proposal));
    table.done("council-mediator", deliver(1, "gwangmyeong", &support(AGREED + 1)));
    assert_eq!(table.refused("council-mediator", put(1, &proposal)), missing(&["gwangmyeong"]));
    table.done("council-mediator", deliver(1, "gwangmyeong", &proposal));
    let digest = Digest::of_json(&proposal).unwrap();
    assert_eq!(table.done("council-mediator", put(1, &proposal)), [E::ProposalPut { dispute: 1, number: 1, digest, due: None }]);
}

#[test]
fn the_finding_says_to_whom_a_proposal_was_delivered() {
    let table = {
        let mut table = Table::facilitated();
        table.done("council-mediator", deliver(1, "seoul", &support(AGREED)));
        table.done("council-mediator", deliver(1, "gwangmyeong", &support(AGREED)));
        table
    };
    let asker = Asker::Person { official: "council-mediator".parse().unwrap(), government: body("council") };
    let command = Command::Mediation(put(1, &support(AGREED)));
    let decision = table.model.decide(&asker, &Target::Case(case()), &command, table.at, None, None).unwrap();
    let to = vec![body("gwangmyeong"), body("seoul")];
    assert_eq!(decision.findings, [Finding::Delivered { digest: Digest::of_json(&support(AGREED)).unwrap(), to }]);
    let forged = table.model.decide(&asker, &Target::Case(case()), &command, table.at, None, Some(&[]));
    assert!(matches!(forged, Err(Refusal::Mediation(R::NotDelivered { .. }))));
}

#[test]
fn one_proposal_waits_at_a_time_and_numbers_go_up() {
    let mut table = Table::facilitated();
    assert_eq!(table.refused("council-mediator", deliver(2, "seoul", &support(AGREED))), R::WrongNumber { next: 1 });
    assert_eq!(table.refused("council-mediator", put(2, &support(AGREED))), R::WrongNumber { next: 1 });
    let mut table = Table::proposed(&support(AGREED));
    assert_eq!(table.refused("council-mediator", deliver(2, "seoul", &support(1))), R::ProposalOpen { number: 1 });
    assert_eq!(table.refused("council-mediator", put(2, &support(1))), R::ProposalOpen { number: 1 });
    table.done("seoul-delegate", answer(1, "seoul", false));
    table.done("gwangmyeong-delegate", answer(1, "gwangmyeong", false));
    assert!(table.act("council-mediator", deliver(2, "seoul", &support(1))).is_ok());
}

#[test]
fn the_day_to_answer_is_still_to_come() {
    let mut table = Table::facilitated();
    let C::PutProposal { dispute, number, digest, .. } = put(1, &support(AGREED)) else { unreachable!() };
    let command = C::PutProposal { dispute, number, digest, due: Some(by_day("2000-02-07")) };
    assert_eq!(table.refused("council-mediator", command), R::BadDeadline);
}

#[test]
fn a_proposal_that_all_accept_is_the_settlement_and_closes_the_dispute() {
    let proposal = with(support(AGREED), "construction-share", Value::Money(Money::krw(22_270_000_000)));
    let mut table = Table::proposed(&proposal);
    table.done("seoul-delegate", answer(1, "seoul", true));
    assert_eq!(table.case().disputes[&1].proposals[&1].outcome, Outcome::Waiting);
    table.done("gwangmyeong-delegate", answer(1, "gwangmyeong", true));
    let dispute = &table.case().disputes[&1];
    assert_eq!(dispute.proposals[&1].outcome, Outcome::Settled(proposal.clone()));
    assert_eq!(dispute.closed, Some(Closing::Settled));
    let last = table.public.last().unwrap();
    assert_eq!(last["events"][0]["mediation"]["settled"]["proposal"], serde_json::to_value(&proposal).unwrap());
    assert_eq!(last["events"].as_array().unwrap().len(), 2);
}

#[test]
fn a_proposal_that_someone_declines_fails_only_when_all_have_answered() {
    let mut table = Table::proposed(&support(AGREED));
    table.done("seoul-delegate", answer(1, "seoul", false));
    assert_eq!(table.case().disputes[&1].proposals[&1].outcome, Outcome::Waiting);
    table.done("gwangmyeong-delegate", answer(1, "gwangmyeong", true));
    let dispute = &table.case().disputes[&1];
    assert_eq!(dispute.proposals[&1].outcome, Outcome::Failed);
    assert_eq!(dispute.closed, None);
}

#[test]
fn a_proposal_is_closed_unanswered_only_when_its_time_has_passed() {
    let mut table = Table::facilitated();
    let proposal = support(AGREED);
    for party in ["gwangmyeong", "seoul"] {
        table.done("council-mediator", deliver(1, party, &proposal));
    }
    let digest = Digest::of_json(&proposal).unwrap();
    table.done("council-mediator", C::PutProposal { dispute: 1, number: 1, digest, due: Some(by_day("2000-02-13")) });
    table.done("seoul-delegate", answer(1, "seoul", true));
    assert_eq!(table.lapses(1), Err(R::AnswersMissing.into()));
    table.today("2000-02-13T15:00:00Z");
    assert_eq!(table.refused("gwangmyeong-delegate", answer(1, "gwangmyeong", true)), R::TooLate { number: 1 });
    assert_eq!(table.lapses(1), Ok(vec![E::ProposalFailed { dispute: 1, number: 1 }]));
    assert_eq!(table.lapses(1), Err(R::NoSuchProposal { number: 1 }.into()));
}

#[test]
fn without_a_day_a_proposal_waits() {
    let mut table = Table::proposed(&support(AGREED));
    table.today("2010-01-01T00:00:00Z");
    assert_eq!(table.lapses(1), Err(R::AnswersMissing.into()));
}

#[test]
fn a_party_answers_once_in_its_own_caucus() {
    let mut table = Table::facilitated();
    assert_eq!(table.refused("seoul-delegate", answer(1, "seoul", true)), R::NoSuchProposal { number: 1 });
    let mut table = Table::proposed(&support(AGREED));
    assert_eq!(table.refused("gwangmyeong-delegate", answer(1, "seoul", true)), R::NotYourCaucus);
    assert_eq!(table.refused("guro-delegate", answer(1, "guro", true)), R::NotInDispute { dispute: 1 });
    table.done("seoul-delegate", answer(1, "seoul", true));
    assert_eq!(table.refused("seoul-delegate", answer(1, "seoul", false)), R::AlreadyAnswered);
}

#[test]
fn accepting_needs_a_mandate_that_covers_the_proposal() {
    let mut table = Table::proposed(&support(12_600_000_001));
    let above = R::BeyondMandate { verdict: MandateVerdict::Above { terms: vec![term("resident-support")] } };
    assert_eq!(table.refused("seoul-delegate", answer(1, "seoul", true)), above);
    let without = C::AnswerProposal { dispute: 1, number: 1, caucus: body("seoul"), accept: true, mandate: None };
    assert_eq!(table.refused("seoul-delegate", without), R::BeyondMandate { verdict: MandateVerdict::Unknown });
    assert!(table.act("seoul-delegate", answer(1, "seoul", false)).is_ok());
}

#[test]
fn whoever_leaves_is_not_waited_for_and_one_alone_does_not_settle() {
    let mut table = Table::proposed(&support(AGREED));
    table.leaves("gwangmyeong");
    table.done("seoul-delegate", answer(1, "seoul", true));
    assert_eq!(table.case().disputes[&1].proposals[&1].outcome, Outcome::Failed);
    let denied = table.act("gwangmyeong-delegate", answer(1, "gwangmyeong", true));
    assert_eq!(denied, Err(Refusal::Access(Denial::NotAParty { government: body("gwangmyeong") })));
}

#[test]
fn a_term_that_came_into_another_dispute_makes_the_proposal_fail_unrevealed() {
    let wide = with(support(AGREED), "ash-disposal", Value::Text("in Guro".into()));
    let mut table = Table::proposed(&wide);
    table.done("guro-delegate", open(&["ash-disposal"], &["gyeonggi"]));
    table.done("seoul-delegate", answer(1, "seoul", true));
    table.done("gwangmyeong-delegate", answer(1, "gwangmyeong", true));
    assert_eq!(table.case().disputes[&1].proposals[&1].outcome, Outcome::Failed);
    assert!(!serde_json::to_string(&table.public).unwrap().contains("in Guro"));
}

#[test]
fn a_settlement_that_was_not_put_is_caught_without_opening_a_caucus() {
    let table = Table::proposed(&support(AGREED));
    let close = Command::Mediation(close(1));
    let decide = |finding: Finding| {
        table.model.decide(
            &Asker::Service(proto::actor::Service::Mediation),
            &Target::Case(case()),
            &close,
            table.at,
            None,
            Some(&[finding]),
        )
    };
    let other = decide(Finding::Answers { complete: true, settled: Some(support(1)) });
    assert_eq!(other, Err(R::NoSuchProposal { number: 1 }.into()));
    let nothing = Proposal { terms: BTreeMap::new(), ..support(AGREED) };
    let empty = decide(Finding::Answers { complete: true, settled: Some(nothing) });
    assert_eq!(empty, Err(R::TermsLeftOut { terms: vec![term("resident-support")] }.into()));
    let early = decide(Finding::Answers { complete: false, settled: Some(support(AGREED)) });
    assert_eq!(early, Err(R::AnswersMissing.into()));
}
