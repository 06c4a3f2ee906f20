use negotiation::State;
use negotiation::freeze::text;
use proto::actor::Service;
use proto::authority::{self, Issue, MatrixFinding, Power};
use proto::digest::Digest;
use proto::mediation::Closing;
use proto::message::Event as Any;
use proto::negotiation::{Command, Event, Frozen, Package, Refusal};
use proto::standing::Phase;
use proto::{approvals, term::Kind};

use crate::disputes::{closed, opened, settled};
use crate::offers::run_tabled;
use crate::table::{PARTIES, Table, accept, clause, id, names, package, share, support, tabled, won};

/// Both terms are agreed, and the one clause, which carries the mandatory content.
fn ready() -> Table {
    let mut table = Table::free();
    table.done("seoul", clause("article-1", Some("cost")));
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        table.done(party, support("article-1", "first"));
    }
    agree(&mut table, package(&[("share", share("50")), ("sum", won("272.7"))]));
    table
}

/// Seoul offers to all, all accept.
fn agree(table: &mut Table, package: Package) {
    let offer = u32::try_from(table.state().offers.len()).unwrap() + 1;
    table.done("seoul", tabled("seoul", package));
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        table.done(party, accept(party, offer));
    }
}

fn initial(frozen: &Frozen) -> Command {
    Command::Initial { frozen: frozen.clone(), no_side_agreement: true }
}

fn standing(table: &Table) -> Frozen {
    negotiation::frozen(&table.state()).unwrap()
}

pub fn frozen() -> (Table, Digest) {
    let mut table = ready();
    let frozen = standing(&table);
    for party in PARTIES {
        table.done(party, initial(&frozen));
    }
    let agreement = table.state().standing.agreement.unwrap();
    (table, agreement)
}

fn obstacle(table: &mut Table, why: &Refusal) {
    assert!(table.state().obstacles.contains(why), "readers are shown {:?}", table.state().obstacles);
    assert_eq!(table.state().to_initial, None);
    let frozen = standing(table);
    table.refused("seoul", initial(&frozen), why);
}

fn initialled(table: &Table) -> Vec<String> {
    table.state().initialled.into_iter().map(String::from).collect()
}

#[test]
fn the_last_initials_freeze_the_text() {
    let mut table = ready();
    let state = table.state();
    assert_eq!(state.obstacles, []);
    let frozen = state.to_initial.clone().unwrap();
    assert_eq!(Some(&frozen), negotiation::frozen(&state).as_ref());
    let said = text(&state).unwrap();
    assert_eq!(frozen, Frozen { text: Digest::of_json(&said).unwrap(), allocation: None, matrix: None });
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        assert_eq!(table.done(party, initial(&frozen)), [Event::Initialled { by: id(party), frozen: frozen.clone() }]);
    }
    let agreement = Digest::of_json(&frozen).unwrap();
    let freezes = Event::TextFrozen { frozen: frozen.clone(), agreement, text: Box::new(said.clone()) };
    assert_eq!(table.done("seoul", initial(&frozen)), [Event::Initialled { by: id("seoul"), frozen: frozen.clone() }, freezes]);
    let state = table.state();
    assert_eq!((state.standing.phase, state.standing.agreement), (Phase::Frozen, Some(agreement)));
    assert_eq!(text(&state), Some(said), "what is frozen is what stood");
}

#[test]
fn the_text_names_parties_agreed_values_and_clauses() {
    let said = text(&ready().state()).unwrap();
    assert_eq!(said.parties.iter().map(ToString::to_string).collect::<Vec<_>>(), PARTIES);
    assert_eq!(said.terms[&id("sum")].value, won("272.7"));
    assert_eq!(said.clauses[&id("article-1")].content.as_deref(), Some("cost"));
    assert_eq!(text(&State::default()), None);
}

#[test]
fn the_allocation_agreed_last_and_the_matrix_are_frozen_too() {
    let mut table = ready();
    let (shares, matrix) = (Digest::of(b"shares"), Digest::of(b"matrix"));
    table.happened(&[run_tabled(shares, &["seoul", "guro"]), function_set(matrix, &[])]);
    agree(&mut table, Package { allocation: Some(shares), ..Package::default() });
    agree(&mut table, package(&[("share", share("49"))]));
    let frozen = standing(&table);
    assert_eq!((frozen.allocation, frozen.matrix), (Some(shares), Some(matrix)));
    table.done("seoul", initial(&frozen));
}

#[test]
fn initialling_needs_the_declaration_and_the_text_that_stands_and_happens_once() {
    let mut table = ready();
    let frozen = standing(&table);
    let undeclared = Command::Initial { frozen: frozen.clone(), no_side_agreement: false };
    table.refused("seoul", undeclared, &Refusal::NoDeclaration);
    let other = Frozen { matrix: Some(Digest::of(b"other")), ..frozen.clone() };
    table.refused("seoul", initial(&other), &Refusal::NotTheText);
    table.done("seoul", initial(&frozen));
    table.refused("seoul", initial(&frozen), &Refusal::AlreadyInitialled);
    table.denied("bucheon", initial(&frozen), "access.no_such_case");
}

#[test]
fn every_term_needs_an_agreed_value() {
    let mut table = ready();
    table.defined("start", Kind::Date);
    obstacle(&mut table, &Refusal::TermsOpen { terms: vec![id("start")] });
}

#[test]
fn every_clause_must_be_agreed() {
    let mut table = ready();
    table.done("guro", Command::ReserveClause { clause: id("article-1") });
    obstacle(&mut table, &Refusal::ClausesOpen { clauses: vec![id("article-1")] });
}

#[test]
fn the_mandatory_contents_must_be_carried() {
    let mut table = Table::free();
    agree(&mut table, package(&[("share", share("50")), ("sum", won("1"))]));
    obstacle(&mut table, &Refusal::ContentsMissing { contents: vec!["cost".into()] });
}

#[test]
fn as_many_parties_must_be_there_as_the_procedure_asks_for() {
    let mut table = ready();
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        table.done(party, Command::Leave { why: None });
    }
    obstacle(&mut table, &Refusal::TooFewParties { needed: 2, present: 1 });
}

#[test]
fn a_text_that_says_nothing_is_not_initialled() {
    let mut table = Table::registered();
    let mut procedure = crate::table::procedure();
    procedure.contents.clear();
    let rounds = proto::negotiation::Rounds::Free;
    let opened = Event::CaseOpened { by: id("seoul"), title: names("swap"), procedure: Box::new(procedure), rounds, parent: None };
    let joined = ["seoul", "guro"].map(|party| Event::Joined { government: id(party), ties: vec![] });
    table.happened(&[opened].into_iter().chain(joined).map(Any::from).collect::<Vec<_>>());
    obstacle(&mut table, &Refusal::Empty { field: "text".into() });
}

fn function_set(matrix: Digest, open: &[MatrixFinding]) -> Any {
    let row = authority::Function { names: names("ash"), holders: [].into(), affected: [].into() };
    authority::Event::FunctionSet { function: id("ash-disposal"), by: id("guro"), row, matrix, open: open.to_vec() }.into()
}

#[test]
fn nothing_may_be_open_in_the_authority_matrix() {
    let mut table = ready();
    let gap = MatrixFinding { function: id("ash-disposal"), issue: Issue::Gap { power: Power::Fund } };
    table.happened(&[function_set(Digest::of(b"m"), std::slice::from_ref(&gap))]);
    obstacle(&mut table, &Refusal::AuthorityOpen { findings: vec![gap] });
    table.happened(&[authority::Event::Rechecked { open: vec![] }.into()]);
    let frozen = standing(&table);
    table.done("seoul", initial(&frozen));
}

#[test]
fn no_dispute_may_be_open() {
    let mut table = ready();
    table.happened(&[opened(1, &["share"])]);
    obstacle(&mut table, &Refusal::DisputeOpen { dispute: 1 });
    table.happened(&[settled(1), closed(1, Closing::Settled)]);
    obstacle(&mut table, &Refusal::DisputeOpen { dispute: 1 });
}

#[test]
fn an_allocation_may_count_on_parties_only() {
    let mut table = ready();
    let shares = Digest::of(b"shares");
    table.happened(&[run_tabled(shares, &["seoul", "guro"])]);
    agree(&mut table, Package { allocation: Some(shares), ..Package::default() });
    table.done("guro", Command::Leave { why: None });
    obstacle(&mut table, &Refusal::AllocationOutdated { members: vec![id("guro")] });
}

#[test]
fn an_open_invitation_holds_nothing_up() {
    let mut table = ready();
    table.done("gyeonggi", Command::Invite { government: id("bucheon") });
    assert_eq!(table.state().obstacles, []);
}

/// After each of these the text, its parties or its matrix are not what was initialled.
#[test]
fn any_change_of_the_text_voids_the_initials_given() {
    let changes: [fn(&mut Table); 8] = [
        |table| agree(table, package(&[("share", share("49"))])),
        |table| drop(table.done("guro", clause("article-2", None))),
        |table| drop(table.done("guro", Command::ReserveClause { clause: id("article-1") })),
        |table| drop(table.done("guro", Command::ProposeWording { clause: id("article-1"), wording: crate::table::wording("second") })),
        |table| drop(table.done("guro", Command::DefineTerm { term: id("start"), names: names("start"), kind: Kind::Date })),
        |table| drop(table.done("guro", Command::Leave { why: None })),
        |table| table.happened(&[Event::Joined { government: id("bucheon"), ties: vec![] }.into()]),
        |table| table.happened(&[function_set(Digest::of(b"matrix"), &[])]),
    ];
    for change in changes {
        let mut table = ready();
        let frozen = standing(&table);
        table.done("seoul", initial(&frozen));
        assert_eq!(initialled(&table), ["seoul"]);
        change(&mut table);
        assert!(initialled(&table).is_empty());
    }
}

#[test]
fn what_changes_no_text_leaves_the_initials() {
    let mut table = ready();
    let frozen = standing(&table);
    table.done("seoul", initial(&frozen));
    table.done("guro", tabled("guro", package(&[("share", share("45"))])));
    table.happened(&[opened(1, &["share"]), closed(1, Closing::TakenBack)]);
    assert_eq!(initialled(&table), ["seoul"]);
}

#[test]
fn a_frozen_text_is_not_negotiated() {
    let (mut table, _) = frozen();
    let commands = [
        tabled("seoul", package(&[("share", share("1"))])),
        accept("seoul", 1),
        clause("article-9", None),
        support("article-1", "first"),
        Command::ReserveClause { clause: id("article-1") },
        Command::DefineTerm { term: id("x"), names: names("x"), kind: Kind::Date },
    ];
    for command in commands {
        table.refused("seoul", command, &Refusal::TextIsFrozen);
    }
    let again = standing(&table);
    table.refused("seoul", initial(&again), &Refusal::TextIsFrozen);
    table.refused("gyeonggi", Command::Invite { government: id("bucheon") }, &Refusal::TextIsFrozen);
}

#[test]
fn a_council_that_passes_it_amended_opens_the_text_and_no_other() {
    let (mut table, agreement) = frozen();
    let reopen = || Command::ReopenText { government: id("guro") };
    let not_amended = Err(Refusal::NotAmended { government: id("guro") }.into());
    assert_eq!(table.service(Service::Negotiation, reopen()), not_amended);
    let amended = |agreement| approvals::Event::PassedAmended { government: id("guro"), agreement }.into();
    table.happened(&[amended(Digest::of(b"an older text"))]);
    assert_eq!(table.service(Service::Negotiation, reopen()), not_amended);
    table.happened(&[amended(agreement)]);
    assert_eq!(table.service(Service::Negotiation, reopen()), Ok(vec![Event::TextReopened { government: id("guro") }]));
    let state = table.state();
    assert_eq!((state.standing.phase, state.standing.agreement, &state.frozen), (Phase::Open, None, &None));
    assert!(initialled(&table).is_empty());
    assert_eq!(table.service(Service::Negotiation, reopen()), Err(Refusal::NotFrozen.into()));
    table.done("seoul", tabled("seoul", package(&[("share", share("1"))])));
}

#[test]
fn a_party_that_leaves_opens_the_frozen_text() {
    let (mut table, _) = frozen();
    let events = table.done("guro", Command::Leave { why: None });
    assert_eq!(events, [Event::Left { government: id("guro"), why: None }, Event::TextReopened { government: id("guro") }]);
    assert_eq!(table.state().standing.phase, Phase::Open);
}

#[test]
fn no_person_opens_a_frozen_text() {
    let (mut table, _) = frozen();
    table.denied("seoul", Command::ReopenText { government: id("seoul") }, "access.service_only");
}
