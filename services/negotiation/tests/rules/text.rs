use proto::negotiation::{ClauseState, Command, Event, Package, Refusal};
use proto::term::Kind;
use proto::words::Names;

use crate::table::{PARTIES, Table, accept, clause, id, names, support, tabled, to, wording};

fn define(term: &str, kind: Kind) -> Command {
    Command::DefineTerm { term: id(term), names: names(term), kind }
}

fn propose(name: &str, text: &str) -> Command {
    Command::ProposeWording { clause: id(name), wording: wording(text) }
}

fn reserve(name: &str) -> Command {
    Command::ReserveClause { clause: id(name) }
}

fn state_of(table: &Table, name: &str) -> ClauseState {
    table.state().clauses[&id(name)].state
}

fn with_clause() -> Table {
    let mut table = Table::free();
    table.done("seoul", clause("article-1", None));
    table
}

fn agreed() -> Table {
    let mut table = with_clause();
    for party in PARTIES.iter().filter(|party| **party != "seoul") {
        table.done(party, support("article-1", "first"));
    }
    table
}

#[test]
fn a_term_has_one_name_and_values_it_can_take() {
    let mut table = Table::free();
    table.done("seoul", define("sewage", Kind::Quantity { unit: "t/day".into() }));
    table.refused("guro", define("sewage", Kind::Share), &Refusal::NameTaken { name: "sewage".into() });
    let choice = |options: &[&str], named: &[(&str, &str)]| Kind::Choice {
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        names: named.iter().map(|(option, name)| ((*option).to_owned(), Names::new(*name, *name))).collect(),
    };
    let named = [("equally", "균등 분담")];
    for faulty in
        [choice(&[], &[]), choice(&["equally", " "], &[]), choice(&["by-use"], &named), choice(&["equally"], &[("equally", "\u{200b}")])]
    {
        table.refused("guro", define("how", faulty), &Refusal::Empty { field: "options".into() });
    }
    table.refused("guro", define("how", choice(&["equally", "equally"], &named)), &Refusal::NameTaken { name: "equally".into() });
    let how = choice(&["equally", "by-use"], &named);
    assert_eq!(how.option("equally"), Some(&Names::new("균등 분담", "균등 분담")));
    assert_eq!(how.option("by-use"), None);
    table.done("guro", define("how", how));
    table.refused("guro", define("how-much", Kind::Quantity { unit: " ".into() }), &Refusal::Empty { field: "unit".into() });
    let nameless = Command::DefineTerm { term: id("x"), names: names(""), kind: Kind::Date };
    table.refused("guro", nameless, &Refusal::Empty { field: "names".into() });
}

#[test]
fn a_clause_is_contested_until_all_stand_behind_its_one_wording() {
    let mut table = with_clause();
    for party in ["guro", "gwangmyeong"] {
        table.done(party, support("article-1", "first"));
        assert_eq!(state_of(&table, "article-1"), ClauseState::Contested);
    }
    table.done("gyeonggi", support("article-1", "first"));
    assert_eq!(state_of(&table, "article-1"), ClauseState::Agreed);
}

#[test]
fn another_wording_brackets_the_clause_until_it_is_abandoned() {
    let mut table = agreed();
    table.done("guro", propose("article-1", "second"));
    assert_eq!(state_of(&table, "article-1"), ClauseState::Bracketed);
    let alternatives = table.state().clauses[&id("article-1")].alternatives.clone();
    assert_eq!(alternatives.iter().map(|a| a.supporters.len()).collect::<Vec<_>>(), [3, 1]);
    table.done("guro", support("article-1", "first"));
    assert_eq!(state_of(&table, "article-1"), ClauseState::Agreed);
    table.refused("guro", support("article-1", "second"), &Refusal::UnknownWording { clause: id("article-1") });
}

#[test]
fn a_reservation_holds_until_its_author_stands_behind_a_wording() {
    let mut table = agreed();
    assert_eq!(table.done("guro", reserve("article-1")), [Event::ClauseReserved { clause: id("article-1"), by: id("guro") }]);
    assert_eq!(state_of(&table, "article-1"), ClauseState::Reserved);
    table.refused("guro", reserve("article-1"), &Refusal::Unchanged { name: "article-1".into() });
    table.done("guro", support("article-1", "first"));
    assert_eq!(state_of(&table, "article-1"), ClauseState::Agreed);
}

#[test]
fn the_last_wording_stays_even_if_nobody_stands_behind_it() {
    let mut table = with_clause();
    table.done("seoul", reserve("article-1"));
    let clause = table.state().clauses[&id("article-1")].clone();
    assert_eq!((clause.alternatives.len(), clause.state), (1, ClauseState::Reserved));
}

#[test]
fn a_party_that_leaves_stands_behind_nothing_and_reserves_nothing() {
    let mut table = agreed();
    table.done("guro", reserve("article-1"));
    table.done("guro", Command::Leave { why: None });
    assert_eq!(state_of(&table, "article-1"), ClauseState::Agreed, "the three that remain agree");
}

#[test]
fn a_party_that_joins_has_yet_to_agree() {
    let mut table = agreed();
    table.done("gyeonggi", Command::Invite { government: id("bucheon") });
    assert_eq!(state_of(&table, "article-1"), ClauseState::Agreed);
    table.done("bucheon", Command::Join { mandate: crate::table::mandate("bucheon") });
    assert_eq!(state_of(&table, "article-1"), ClauseState::Contested);
}

#[test]
fn the_wording_of_an_agreed_offer_merges_into_the_text() {
    let mut table = with_clause();
    let package = Package { wording: [(id("article-1"), wording("third"))].into(), ..Package::default() };
    table.done("guro", to("guro", &["seoul"], package.clone()));
    table.done("seoul", accept("seoul", 1));
    assert_eq!(state_of(&table, "article-1"), ClauseState::Contested, "two of four stand behind it, nobody behind another");
    table.done("gyeonggi", tabled("gyeonggi", package));
    for party in ["guro", "gwangmyeong", "seoul"] {
        table.done(party, accept(party, 2));
    }
    let clause = table.state().clauses[&id("article-1")].clone();
    assert_eq!(clause.agreed(), Some(&wording("third")));
}

#[test]
fn a_clause_has_one_name_a_heading_a_wording_and_known_contents_and_terms() {
    let mut table = with_clause();
    table.refused("guro", clause("article-1", None), &Refusal::NameTaken { name: "article-1".into() });
    table.refused("guro", clause("article-2", Some("anthem")), &Refusal::UnknownContent { content: "anthem".into() });
    table.done("guro", clause("article-2", Some("cost")));
    let odd = |heading: &str, text: &str, term: &str| Command::AddClause {
        clause: id("article-3"),
        heading: names(heading),
        content: None,
        terms: vec![id(term)],
        wording: wording(text),
    };
    table.refused("guro", odd("", "text", "share"), &Refusal::Empty { field: "heading".into() });
    table.refused("guro", odd("cost", " ", "share"), &Refusal::Empty { field: "wording".into() });
    table.refused("guro", odd("cost", "text", "weather"), &Refusal::UnknownTerm { term: id("weather") });
    table.done("guro", odd("cost", "text", "share"));
}

#[test]
fn wordings_are_of_clauses_that_are_there_and_differ() {
    let mut table = with_clause();
    table.refused("guro", propose("article-9", "x"), &Refusal::UnknownClause { clause: id("article-9") });
    table.refused("guro", support("article-9", "x"), &Refusal::UnknownClause { clause: id("article-9") });
    table.refused("guro", reserve("article-9"), &Refusal::UnknownClause { clause: id("article-9") });
    table.refused("guro", propose("article-1", "first"), &Refusal::Unchanged { name: "article-1".into() });
    table.refused("guro", propose("article-1", ""), &Refusal::Empty { field: "wording".into() });
    table.refused("guro", support("article-1", "never said"), &Refusal::UnknownWording { clause: id("article-1") });
    table.refused("seoul", support("article-1", "first"), &Refusal::Unchanged { name: "article-1".into() });
}
