//! What takes longer than a command may is asked for, computed beside and recorded when it is done; questions about a run as well. All of it stays its
//! author's until it is tabled.

use std::collections::BTreeMap;

use proto::access::Denial;
use proto::allocation::{
    Command as C, Costs, Done, Event as E, Figure, Found, Model, Position, Question, Refusal as R, Rule, Stand, Study, Work,
};
use proto::digest::Digest;
use proto::message::Refusal;
use proto::stream::Stream;

use crate::table::{Table, case, component, compute, costs, halves, id, internal, plant, plant_of, table_run, with_costs, won};

/// A hundred won each would pay alone, of eleven members: more than a command waits for.
fn large() -> Model {
    let names: Vec<String> = (0..11).map(|n| format!("city-{n:02}")).collect();
    let members: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut model = plant(component(900, &members, Rule::Nucleolus));
    plant_of(&mut model).costs = Some(Costs::Alone(names.iter().map(|name| (id(name), won(100))).collect()));
    model
}

fn three() -> Model {
    let table = [("ansan", 450), ("bucheon", 700)];
    with_costs(plant(component(1000, &["ansan", "bucheon"], Rule::Shapley)), costs(&table))
}

fn study(run: &str, of: Digest, question: Question) -> C {
    C::Study { run: id(run), of, question, members: None }
}

fn tabled(table: &mut Table, model: Model) -> Digest {
    let E::RunTabled { digest, .. } = table.does("ansan", table_run("base", model)) else { panic!() };
    digest
}

#[test]
fn a_large_model_is_asked_for_and_recorded_when_it_is_done() {
    let mut table = Table::new();
    let asked = table.does("ansan", compute("large", large()));
    assert_eq!(asked, E::WorkAsked { run: id("large"), work: Work::Run { model: large() }, members: 20 });
    assert!(table.state(&internal("ansan")).pending.contains_key(&id("large")));
    let E::Computed { result, digest, .. } = table.finishes("ansan", "large") else { panic!() };
    assert_eq!(result, allocation::solve(&large(), 20).unwrap());
    let own = table.state(&internal("ansan"));
    assert!(own.pending.is_empty());
    assert_eq!(own.runs[&id("large")].digest, digest);
}

#[test]
fn what_is_plainly_wrong_with_a_large_model_is_said_at_once() {
    let mut table = Table::new();
    let mut more = large();
    plant_of(&mut more).members.extend((11..30).map(|n| id(&format!("city-{n:02}"))));
    let too_many = R::TooManyMembers { component: id("plant"), members: 30, limit: 20 };
    assert_eq!(table.asks("ansan-delegate", compute("more", more.clone())), Err(too_many.into()));
    plant_of(&mut more).members.push(id("city-00"));
    let twice = R::MemberTwice { component: id("plant"), member: id("city-00") };
    assert_eq!(table.asks("ansan-delegate", compute("more", more)), Err(twice.into()));
    for members in [0, 25] {
        let command = C::Compute { run: id("run"), model: large(), members: Some(members) };
        assert_eq!(table.asks("ansan-delegate", command), Err(R::MembersOutOfRange { most: 24 }.into()));
    }
}

#[test]
fn what_has_no_result_says_why_and_its_name_is_free_again() {
    let mut table = Table::new();
    let mut model = large();
    let table_of_costs = BTreeMap::from([("city-00".to_owned(), won(1))]);
    plant_of(&mut model).costs = Some(Costs::Document(Costs::document(&table_of_costs).unwrap().0));
    table.does("ansan", compute("large", model));
    let failed = table.finishes("ansan", "large");
    let why = R::TableElsewhere { component: id("plant") };
    assert_eq!(failed, E::WorkFailed { run: id("large"), why: why.clone() });
    assert_eq!(table.state(&internal("ansan")).failed, [(id("large"), why)].into());
    table.does("ansan", compute("large", large()));
    assert!(table.state(&internal("ansan")).failed.is_empty());
}

#[test]
fn a_wish_can_be_taken_back_and_is_not_answered_then() {
    let mut table = Table::new();
    let none = || Err(Refusal::from(R::NoSuchWork { run: id("large") }));
    assert_eq!(table.asks("ansan-delegate", C::Cancel { run: id("large") }), none());
    table.does("ansan", compute("large", large()));
    assert_eq!(table.asks("bucheon-delegate", C::Cancel { run: id("large") }), none());
    assert_eq!(table.asks("osan-delegate", C::Cancel { run: id("large") }), Err(Denial::NoSuchCase.into()));
    table.does("ansan", C::Cancel { run: id("large") });
    let done = Done::Failed(R::WorkTooLong { minutes: 1 });
    assert_eq!(table.by_itself(C::Finish { of: id("ansan"), run: id("large"), done }), none());
}

#[test]
fn only_the_laboratory_itself_finishes_and_only_with_a_result_that_fits() {
    let mut table = Table::new();
    table.does("ansan", compute("large", large()));
    let finish = |done: Done| C::Finish { of: id("ansan"), run: id("large"), done };
    let other = allocation::solve(&halves(), 20).unwrap();
    let by_a_person = table.asks("ansan-delegate", finish(Done::Computed(other.clone())));
    assert!(matches!(by_a_person, Err(Refusal::Access(Denial::ServiceOnly))), "{by_a_person:?}");
    assert_eq!(table.by_itself(finish(Done::Computed(other))), Err(R::ComputationMismatch.into()));
    let answer = allocation::study(&halves(), &Question::Comparison, 20).unwrap();
    assert_eq!(table.by_itself(finish(Done::Answered(Box::new(answer)))), Err(R::ComputationMismatch.into()));
    assert!(table.state(&internal("ansan")).pending.contains_key(&id("large")));
}

#[test]
fn so_much_waits_for_one_party_and_no_more() {
    let mut table = Table::new();
    let of = tabled(&mut table, halves());
    for nth in 0..8 {
        table.does("ansan", study(&format!("study-{nth}"), of, Question::Comparison));
    }
    assert_eq!(table.asks("ansan-delegate", study("more", of, Question::Comparison)), Err(R::TooMuchAsked { limit: 8 }.into()));
    table.does("bucheon", study("more", of, Question::Comparison));
    table.finishes("ansan", "study-3");
    table.does("ansan", study("more", of, Question::Comparison));
}

#[test]
fn a_large_run_is_tabled_with_what_its_author_has_computed_before() {
    let mut table = Table::new();
    let members = ["ansan", "bucheon"];
    let list = costs(&[("ansan", 450), ("bucheon", 700)]);
    let mut model = plant(component(1000, &members, Rule::Nucleolus));
    plant_of(&mut model).costs = Some(Costs::Document(Costs::document(&list).unwrap().0));
    assert_eq!(table.asks("ansan-delegate", table_run("run", model.clone())), Err(R::ComputeFirst.into()));
    table.does("ansan", compute("run", model.clone()));
    let whole = allocation::with_tables(&model, |_| Some(Costs::document(&list).unwrap().1)).unwrap();
    let result = allocation::solve(&whole, 20).unwrap();
    assert_eq!(result.model, model.digest().unwrap());
    table.by_itself(C::Finish { of: id("ansan"), run: id("run"), done: Done::Computed(result.clone()) }).unwrap();
    // Another party has not computed it.
    assert_eq!(table.asks("bucheon-delegate", table_run("run", model.clone())), Err(R::ComputeFirst.into()));
    let decision = table.asks("ansan-delegate", table_run("run", model)).unwrap();
    assert!(decision.reads.contains_key(&internal("ansan")));
    let E::RunTabled { result: on_the_table, .. } = crate::table::event(&decision) else { panic!() };
    assert_eq!(on_the_table, result);
}

#[test]
fn a_table_that_is_not_written_as_ours_is_no_table() {
    let list = costs(&[("ansan", 450), ("bucheon", 700)]);
    let (document, bytes) = Costs::document(&list).unwrap();
    let mut model = plant(component(1000, &["ansan", "bucheon"], Rule::Nucleolus));
    plant_of(&mut model).costs = Some(Costs::Document(document));
    let with = |bytes: Option<Vec<u8>>| allocation::with_tables(&model, |_| bytes.clone()).map(|_| ());
    assert_eq!(with(Some(bytes.clone())), Ok(()));
    assert_eq!(with(None), Err(R::TableElsewhere { component: id("plant") }));
    for other in [b"[1, 2]".to_vec(), [b" ".to_vec(), bytes].concat(), b"\xff".to_vec()] {
        let read = with(Some(other.clone()));
        // Spaces do not matter: what is read is written again and compared.
        assert_eq!(read.is_ok(), other.starts_with(b" "), "{read:?}");
    }
}

#[test]
fn a_study_stays_private_until_it_is_tabled_and_then_answers_the_same() {
    let mut table = Table::new();
    let of = tabled(&mut table, three());
    let ask = || study("who-leaves", of, Question::Comparison);
    assert!(matches!(table.does("bucheon", ask()), E::WorkAsked { .. }));
    let E::Studied { answer, .. } = table.finishes("bucheon", "who-leaves") else { panic!() };
    assert_eq!(*answer, allocation::study(&three(), &Question::Comparison, 20).unwrap());
    assert!(table.state(&Stream::Case(case())).studies.is_empty());
    let tabling = || C::TableStudy { run: id("side-by-side"), of, question: Question::Comparison };
    assert_eq!(table.asks("ansan-delegate", tabling()), Err(R::ComputeFirst.into()));
    let E::StudyTabled { by, answer: again, .. } = table.does("bucheon", tabling()) else { panic!() };
    assert_eq!((by, &again), (id("bucheon"), &answer));
    let studies = table.state(&Stream::Case(case())).studies;
    assert_eq!(studies[&id("side-by-side")].answer, answer);
    assert_eq!(table.asks("bucheon-delegate", tabling()), Err(R::RunTaken { run: id("side-by-side") }.into()));
}

#[test]
fn a_private_run_is_studied_by_its_author_and_by_nobody_else() {
    let mut table = Table::new();
    let E::Computed { digest: of, .. } = table.does("ansan", compute("mine", three())) else { panic!() };
    let unknown = || Err(Refusal::from(R::UnknownRun { of }));
    assert_eq!(table.asks("bucheon-delegate", study("spy", of, Question::Comparison)), unknown());
    table.does("ansan", study("look", of, Question::Comparison));
    table.finishes("ansan", "look");
    // Others do not have the run that it is about.
    assert_eq!(table.asks("ansan-delegate", C::TableStudy { run: id("look"), of, question: Question::Comparison }), unknown());
}

#[test]
fn a_party_takes_a_position_of_its_own_on_figures_that_are_on_the_table() {
    let mut table = Table::new();
    let alone = |who: &str| Figure::Coalition { component: id("plant"), coalition: who.to_owned() };
    let disputes = |own: &str| Position::Disputes { own: id(own) };
    let take = |figure: Figure, position: Position| C::TakeStand { figure, position };
    let unknown = || Err(Refusal::from(R::FigureNotTabled));
    assert_eq!(table.asks("ansan-delegate", take(alone("bucheon"), Position::Accepts)), unknown());
    let of = tabled(&mut table, three());
    assert_eq!(table.asks("ansan-delegate", take(alone("siheung"), Position::NoData)), unknown());
    assert_eq!(table.asks("ansan-delegate", take(alone("bucheon"), disputes("-1"))), unknown());
    table.does("ansan", take(alone("bucheon"), Position::NoData));
    table.does("ansan", take(alone("bucheon"), disputes("600")));
    let said = Stand { by: id("ansan"), figure: alone("bucheon"), position: disputes("600") };
    assert_eq!(table.state(&Stream::Case(case())).stands, std::slice::from_ref(&said));

    // The ranges go by what was said when they were asked for.
    table.does("bucheon", study("ranges", of, Question::Ranges));
    let E::Studied { study: asked, answer, .. } = table.finishes("bucheon", "ranges") else { panic!() };
    assert_eq!(asked, Study { of, question: Question::Ranges, stands: vec![said.clone()] });
    let Found::Ranges(ranges) = answer.found else { panic!() };
    let of_ansan = &ranges.totals[&id("ansan")];
    // Shapley: half of what all pay, half of what Ansan pays alone, less half of what Bucheon does.
    assert_eq!((of_ansan.least, of_ansan.now, of_ansan.most), (won(375), won(375), won(425)));

    // Nobody is said to think what it has not said.
    let mut model = three();
    model.stands = vec![said];
    table.does("bucheon", table_run("with-positions", model.clone()));
    model.stands[0].position = disputes("650");
    let other = Err(Refusal::from(R::PositionNotTaken { by: id("ansan") }));
    assert_eq!(table.asks("bucheon-delegate", table_run("more", model.clone())), other);
    // By tabling it a party says it.
    table.does("ansan", table_run("mine", model.clone()));
    assert_eq!(table.state(&Stream::Case(case())).stands, model.stands);
}
