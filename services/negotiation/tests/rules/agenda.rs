//! The agenda of a round.

use proto::negotiation::{Agenda, AgendaItem, Command, Event, Meeting, Refusal};

use crate::table::{Table, id};

fn meeting(day: &str) -> Option<Meeting> {
    Some(Meeting { on: day.parse().unwrap(), place: "14:00, city hall".into() })
}

fn share() -> AgendaItem {
    AgendaItem::Term(id("share"))
}

fn set(round: u32, meeting: Option<Meeting>, items: &[AgendaItem]) -> Command {
    Command::SetAgenda { round, meeting, items: items.to_vec() }
}

#[test]
fn the_coordinating_body_sets_it_and_sets_it_anew() {
    let mut table = Table::free();
    let items = [share(), AgendaItem::Topic("who drafts article 7".into())];
    let agenda = Agenda { round: 2, meeting: meeting("2000-02-20"), items: items.to_vec() };
    assert_eq!(table.done("gyeonggi", set(2, meeting("2000-02-20"), &items)), [Event::AgendaSet(agenda.clone())]);
    assert_eq!(table.state().agenda, Some(agenda));
    table.refused("gyeonggi", set(2, meeting("2000-02-20"), &items), &Refusal::Unchanged { name: "agenda".into() });
    table.refused("gyeonggi", set(1, None, &[share()]), &Refusal::RoundOver { round: 1, last: 2 });
    table.done("gyeonggi", set(2, None, &[share()]));
    table.done("gyeonggi", set(3, None, &[share()]));
    assert_eq!(table.state().agenda.unwrap().meeting, None);
}

#[test]
fn nobody_else_sets_it() {
    let mut table = Table::free();
    table.refused("seoul", set(1, None, &[share()]), &Refusal::NotTheCoordinator { coordinator: id("gyeonggi") });
    table.denied("bucheon", set(1, None, &[share()]), "access.no_such_case");
}

#[test]
fn it_names_what_is_there_once_for_a_day_to_come() {
    let mut table = Table::free();
    let wrong = [
        (set(0, None, &[share()]), Refusal::RoundOver { round: 0, last: 1 }),
        (set(1, None, &[]), Refusal::Empty { field: "items".into() }),
        (set(1, None, &[share(), share()]), Refusal::ListedTwice { item: share() }),
        (set(1, None, &[AgendaItem::Term(id("depth"))]), Refusal::UnknownTerm { term: id("depth") }),
        (set(1, None, &[AgendaItem::Clause(id("article-9"))]), Refusal::UnknownClause { clause: id("article-9") }),
        (set(1, None, &[AgendaItem::Dispute(1)]), Refusal::UnknownDispute { dispute: 1 }),
        (set(1, None, &[AgendaItem::Topic(" ".into())]), Refusal::Empty { field: "topic".into() }),
        (set(1, meeting("2000-02-07"), &[share()]), Refusal::MeetingPast { on: "2000-02-07".parse().unwrap() }),
        (
            set(1, Some(Meeting { on: "2000-02-20".parse().unwrap(), place: String::new() }), &[share()]),
            Refusal::Empty { field: "place".into() },
        ),
    ];
    for (command, refusal) in wrong {
        table.refused("gyeonggi", command, &refusal);
    }
}
