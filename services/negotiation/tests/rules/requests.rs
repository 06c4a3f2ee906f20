use proto::entry::Document;
use proto::negotiation::{Command, Event, Refusal};
use proto::remark::{Disclosure, Remark};

use crate::table::{Table, clause, id, until};

fn ask(to: &str, due: Option<&str>) -> Command {
    Command::RequestInformation { to: id(to), question: Remark::text("How much ash comes out?"), due: due.map(until) }
}

fn answer(request: u32) -> Command {
    Command::AnswerInformation { request, answer: Remark::text("15 t a day"), documents: Vec::new() }
}

fn lack(request: u32) -> Command {
    Command::LackInformation { request, why: Remark::text("The operator weighs it, not we.") }
}

fn comment(text: Remark) -> Command {
    Command::CommentClause { clause: id("article-1"), comment: text }
}

fn own() -> Remark {
    Remark { disclosure: Disclosure::Own, ..Remark::text("for us alone") }
}

#[test]
fn requests_are_numbered_and_answered_once_by_whom_they_were_put_to() {
    let mut table = Table::free();
    let asked = table.done("seoul", ask("gwangmyeong", Some("2000-02-15")));
    assert!(
        matches!(&asked[..], [Event::InformationRequested { request: 1, by, to, .. }] if *by == id("seoul") && *to == id("gwangmyeong"))
    );
    table.done("guro", ask("seoul", None));
    table.refused("guro", answer(1), &Refusal::NotPutToYou { request: 1, to: id("gwangmyeong") });
    table.refused("seoul", answer(1), &Refusal::NotPutToYou { request: 1, to: id("gwangmyeong") });
    table.refused("seoul", answer(3), &Refusal::UnknownRequest { request: 3 });
    let shown = Document { digest: proto::digest::Digest::of(b"weights"), media_type: "text/csv".into(), size: 7 };
    let with = Command::AnswerInformation { request: 1, answer: Remark::text("15 t a day"), documents: vec![shown.clone()] };
    table.done("gwangmyeong", with);
    table.refused("gwangmyeong", answer(1), &Refusal::AlreadyAnswered { request: 1 });
    table.refused("gwangmyeong", lack(1), &Refusal::AlreadyAnswered { request: 1 });
    table.done("seoul", lack(2));
    table.refused("seoul", answer(2), &Refusal::AlreadyAnswered { request: 2 });
    let requests = table.state().requests;
    let reply = |number| requests[&number].reply.clone().unwrap();
    assert_eq!((reply(1).lacking, reply(1).documents, reply(1).at), (false, vec![shown], table.now));
    assert!(reply(2).lacking && requests[&1].due == Some(until("2000-02-15")));
}

#[test]
fn another_party_is_asked_something_by_a_day_that_lies_ahead() {
    let mut table = Table::free();
    for nobody in ["seoul", "bucheon"] {
        table.refused("seoul", ask(nobody, None), &Refusal::NotToBeAsked { government: id(nobody) });
    }
    table.refused("seoul", ask("guro", Some("2000-02-07")), &Refusal::BadDeadline);
    let nowhere = proto::words::Deadline { zone: "Asia/Nowhere".into(), ..until("2000-03-01") };
    let question = |question, due| Command::RequestInformation { to: id("guro"), question, due };
    table.refused("seoul", question(Remark::text("How much?"), Some(nowhere)), &Refusal::BadDeadline);
    table.refused("seoul", question(Remark::text(" "), None), &Refusal::Empty { field: "question".into() });
    table.refused("seoul", question(own(), None), &Refusal::Undisclosed { field: "question".into() });
    table.done("seoul", ask("guro", Some("2000-02-08")));
    let silent = Command::AnswerInformation { request: 1, answer: Remark::text(""), documents: Vec::new() };
    table.refused("guro", silent, &Refusal::Empty { field: "answer".into() });
    table.refused("guro", Command::LackInformation { request: 1, why: own() }, &Refusal::Undisclosed { field: "why".into() });
}

#[test]
fn a_late_answer_is_an_answer() {
    let mut table = Table::free();
    table.done("seoul", ask("guro", Some("2000-02-15")));
    table.now = "2000-03-01T00:00:00Z".parse().unwrap();
    assert!(matches!(&table.done("guro", answer(1))[..], [Event::InformationAnswered { request: 1, .. }]));
}

#[test]
fn a_comment_is_about_a_clause_and_changes_nothing_in_it() {
    let mut table = Table::free();
    table.refused("guro", comment(Remark::text("Why?")), &Refusal::UnknownClause { clause: id("article-1") });
    table.done("seoul", clause("article-1", None));
    let before = table.state().clauses[&id("article-1")].clone();
    table.refused("guro", comment(Remark::text(" ")), &Refusal::Empty { field: "comment".into() });
    table.refused("guro", comment(own()), &Refusal::Undisclosed { field: "comment".into() });
    table.done("guro", comment(Remark::text("Why?")));
    let mut after = table.state().clauses[&id("article-1")].clone();
    let said = after.comments.pop().unwrap();
    assert_eq!((said.by, said.at), (id("guro"), table.now));
    assert_eq!(after, before);
}

#[test]
fn asking_and_commenting_is_the_parties_business() {
    let mut table = Table::free();
    table.done("seoul", clause("article-1", None));
    table.done("seoul", ask("guro", None));
    for command in [ask("guro", None), answer(1), lack(1), comment(Remark::text("Why?"))] {
        table.denied("bucheon", command, "access.no_such_case");
    }
}
