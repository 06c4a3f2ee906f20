use proto::negotiation::{Command, Event, Position, Refusal};
use proto::term::Value;

use crate::table::{Table, id, names, share, won};

fn estimate(fact: &str, amount: &str, by: &str) -> Command {
    Command::StateFact {
        fact: id(fact),
        names: names("what an own incinerator would cost"),
        value: won(amount),
        estimated_by: by.into(),
        estimated_on: "1999-05-31".parse().unwrap(),
        source: Some("a newspaper".into()),
    }
}

fn position(fact: &str, position: Position) -> Command {
    Command::TakePosition { fact: id(fact), position }
}

#[test]
fn conflicting_estimates_both_stay_with_their_authors_and_everyones_position() {
    let mut table = Table::free();
    let events = table.done("seoul", estimate("guro-avoided-1", "45000000000", "Seoul"));
    assert!(matches!(&events[..], [Event::FactStated { by, estimated_by, .. }] if by.as_str() == "seoul" && estimated_by == "Seoul"));
    table.done("gwangmyeong", estimate("guro-avoided-2", "63000000000", "Gwangmyeong"));
    table.done("gwangmyeong", position("guro-avoided-1", Position::Disputes { own: Some(won("63000000000")) }));
    table.done("guro", position("guro-avoided-1", Position::NoData));
    table.done("gyeonggi", position("guro-avoided-1", Position::Accepts));
    let facts = table.state().facts;
    assert_eq!(facts.len(), 2);
    assert_eq!(facts[&id("guro-avoided-1")].positions.len(), 3);
    assert_eq!(facts[&id("guro-avoided-2")].by, id("gwangmyeong"));
}

#[test]
fn a_position_can_change_but_is_not_taken_twice() {
    let mut table = Table::free();
    table.done("seoul", estimate("cost", "1", "Seoul"));
    table.done("guro", position("cost", Position::NoData));
    table.refused("guro", position("cost", Position::NoData), &Refusal::Unchanged { name: "cost".into() });
    table.done("guro", position("cost", Position::Accepts));
    assert_eq!(table.state().facts[&id("cost")].positions[&id("guro")], Position::Accepts);
}

#[test]
fn a_name_stands_for_one_figure_with_a_name_and_an_author() {
    let mut table = Table::free();
    table.done("seoul", estimate("cost", "1", "Seoul"));
    table.refused("guro", estimate("cost", "2", "Guro"), &Refusal::NameTaken { name: "cost".into() });
    table.refused("guro", estimate("other", "2", " "), &Refusal::Empty { field: "estimated_by".into() });
    let Command::StateFact { fact, value, estimated_by, estimated_on, source, .. } = estimate("other", "2", "Guro") else { panic!() };
    let nameless = Command::StateFact { fact, names: names(""), value, estimated_by, estimated_on, source };
    table.refused("guro", nameless, &Refusal::Empty { field: "names".into() });
}

#[test]
fn a_position_is_about_a_figure_on_record_and_in_its_unit() {
    let mut table = Table::free();
    table.refused("guro", position("cost", Position::Accepts), &Refusal::UnknownFact { fact: id("cost") });
    table.done("seoul", estimate("cost", "1", "Seoul"));
    let not_comparable = Refusal::NotComparable { fact: id("cost") };
    for own in [share("5"), Value::Money(proto::money::Money { amount: 1.into(), currency: "EUR".to_owned().try_into().unwrap() })] {
        table.refused("guro", position("cost", Position::Disputes { own: Some(own) }), &not_comparable);
    }
}

#[test]
fn quantities_are_compared_in_one_unit() {
    let mut table = Table::free();
    let waste = |unit: &str| Value::Quantity { amount: 150.into(), unit: unit.into() };
    let Command::StateFact { fact, names, estimated_by, estimated_on, source, .. } = estimate("waste", "1", "Guro") else { panic!() };
    table.done("guro", Command::StateFact { fact, names, value: waste("t/day"), estimated_by, estimated_on, source });
    let disputes = |unit| position("waste", Position::Disputes { own: Some(waste(unit)) });
    table.refused("seoul", disputes("t/year"), &Refusal::NotComparable { fact: id("waste") });
    table.done("seoul", disputes("t/day"));
}

#[test]
fn figures_are_the_parties_business() {
    let mut table = Table::free();
    table.denied("bucheon", estimate("cost", "1", "Bucheon"), "access.no_such_case");
    table.denied("bucheon", position("cost", Position::Accepts), "access.no_such_case");
}
