use negotiation::offers::Answer;
use proto::actor::Service;
use proto::allocation;
use proto::digest::Digest;
use proto::id::GovernmentId;
use proto::negotiation::{Command, Event, OfferState, Package, Refusal, Rounds};

use crate::table::{Table, accept, counter, id, improve, mandate, package, send_back, share, some, tabled, to, until, won};

fn asked(percent: &str) -> Package {
    Package { labels: [(id("share"), "half".into())].into(), ..package(&[("share", share(percent)), ("sum", won("126"))]) }
}

fn state_of(table: &Table, offer: u32) -> OfferState {
    table.state().offers[&offer].state
}

#[test]
fn an_offer_goes_to_all_others_or_to_some() {
    let mut table = Table::free();
    let events = table.done("seoul", tabled("seoul", asked("50")));
    let all = some(&["guro", "gwangmyeong", "gyeonggi"]);
    assert!(matches!(&events[..], [Event::OfferTabled { offer: 1, to, counters: None, improves: None, .. }] if *to == all));
    let events = table.done("seoul", to("seoul", &["guro", "guro"], asked("50")));
    assert!(matches!(&events[..], [Event::OfferTabled { offer: 2, to, .. }] if *to == some(&["guro"])));
}

#[test]
fn an_offer_goes_to_other_parties_only() {
    let mut table = Table::free();
    for whom in ["seoul", "bucheon"] {
        table.refused("seoul", to("seoul", &["guro", whom], asked("50")), &Refusal::BadAddressee { government: id(whom) });
    }
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        table.done(party, Command::Leave { why: None });
    }
    table.refused("seoul", tabled("seoul", asked("50")), &Refusal::Empty { field: "to".into() });
}

#[test]
fn a_package_says_something_about_what_the_case_knows() {
    let mut table = Table::free();
    table.refused("seoul", tabled("seoul", Package::default()), &Refusal::Empty { field: "package".into() });
    table.refused("seoul", tabled("seoul", package(&[("weather", share("1"))])), &Refusal::UnknownTerm { term: id("weather") });
    for wrong in [share("101"), won("50")] {
        table.refused("seoul", tabled("seoul", package(&[("share", wrong)])), &Refusal::WrongKind { term: id("share") });
    }
    let unlabelled = Package { labels: [(id("sum"), "all of it".into())].into(), ..package(&[("share", share("50"))]) };
    table.refused("seoul", tabled("seoul", unlabelled), &Refusal::LabelWithoutValue { term: id("sum") });
    let worded = |text: &str| Package { wording: [(id("article-1"), crate::table::wording(text))].into(), ..Package::default() };
    table.refused("seoul", tabled("seoul", worded("x")), &Refusal::UnknownClause { clause: id("article-1") });
    table.done("seoul", crate::table::clause("article-1", None));
    table.refused("seoul", tabled("seoul", worded("")), &Refusal::Empty { field: "wording".into() });
    table.done("seoul", tabled("seoul", worded("x")));
}

#[test]
fn an_allocation_is_offered_only_once_it_is_on_the_table() {
    let mut table = Table::free();
    let digest = Digest::of(b"run");
    let package = Package { allocation: Some(digest), ..Package::default() };
    table.refused("seoul", tabled("seoul", package.clone()), &Refusal::UnknownAllocation { allocation: digest });
    table.happened(&[run_tabled(digest, &["seoul", "guro"])]);
    table.done("seoul", tabled("seoul", package));
}

/// The last offer of each party with an allocation, and the newest on the table; offers that carry none say nothing.
#[test]
fn it_is_known_what_offers_would_have_each_bear() {
    use runtime::view::View as _;
    let mut table = Table::free();
    let run = |name: &str, won: i64| {
        let digest = Digest::of(name.as_bytes());
        let mut event = run_tabled(digest, &["seoul", "guro"]);
        let proto::message::Event::Allocation(allocation::Event::RunTabled { result, .. }) = &mut event else { panic!("{event:?}") };
        let shares = [(id("seoul"), proto::money::Money::krw(won)), (id("guro"), proto::money::Money::krw(100 - won))].into();
        let money = proto::money::Money::krw;
        let of = allocation::Shares { granted: money(0), shared: money(100), shares, transfers: [].into(), estimate: None };
        result.components.insert(id("plant"), of);
        (digest, event)
    };
    let [(halves, first), (fifth, second)] = [run("halves", 50), run("a-fifth", 20)];
    table.happened(&[first, second]);
    let of = |digest| Package { allocation: Some(digest), ..Package::default() };
    table.done("seoul", tabled("seoul", of(fifth)));
    table.done("guro", counter("guro", 1, of(halves)));
    table.done("guro", tabled("guro", package(&[("share", share("30"))])));
    let offered = negotiation::Negotiation::answer("offered", &serde_json::Value::Null, &table.state()).unwrap();
    let offered: proto::negotiation::Offered = serde_json::from_value(offered).unwrap();
    let says = |of: &proto::negotiation::OfferedShares| (of.offer, of.share(&id("plant"), &id("seoul")).unwrap().amount);
    assert_eq!(
        offered.last.iter().map(|(by, of)| (by.as_str(), says(of))).collect::<Vec<_>>(),
        [("guro", (2, 50.into())), ("seoul", (1, 20.into()))]
    );
    assert_eq!(offered.on_table.as_ref().map(says), Some((2, 50.into())));
}

pub fn run_tabled(digest: Digest, members: &[&str]) -> proto::message::Event {
    let total = members.iter().map(|who| (id(who), proto::money::Money { amount: 1.into(), currency: proto::money::Currency::KRW }));
    let model = allocation::Model::new(proto::money::Currency::KRW);
    let result = allocation::Computation { model: digest, solver: "by hand".into(), components: [].into(), total: total.collect() };
    allocation::Event::RunTabled { run: id("run"), by: id("seoul"), digest, model, result }.into()
}

#[test]
fn an_offer_is_agreed_when_the_last_who_was_asked_accepts() {
    let mut table = Table::free();
    table.done("seoul", to("seoul", &["guro", "gyeonggi"], asked("50")));
    assert_eq!(table.done("guro", accept("guro", 1)), [Event::OfferAccepted { offer: 1, by: id("guro") }]);
    assert_eq!(table.turn(), ["gyeonggi"]);
    let accepted = Event::OfferAccepted { offer: 1, by: id("gyeonggi") };
    assert_eq!(table.done("gyeonggi", accept("gyeonggi", 1)), [accepted, Event::OfferAgreed { offer: 1 }]);
    let state = table.state();
    let agreed = state.terms[&id("share")].agreed.clone().unwrap();
    assert_eq!((agreed.value, agreed.label.as_deref(), agreed.offer), (share("50"), Some("half"), 1));
    assert!(state.turn.is_empty());
}

#[test]
fn a_later_agreement_takes_the_place_of_an_earlier_one() {
    let mut table = Table::free();
    for (offer, percent) in [(1, "50"), (2, "40")] {
        table.done("seoul", to("seoul", &["guro"], package(&[("share", share(percent))])));
        table.done("guro", accept("guro", offer));
    }
    let agreed = table.state().terms[&id("share")].agreed.clone().unwrap();
    assert_eq!((agreed.value, agreed.label), (share("40"), None));
}

#[test]
fn only_whoever_was_asked_answers_and_once() {
    let mut table = Table::free();
    table.done("seoul", to("seoul", &["guro", "gyeonggi"], asked("50")));
    for answer in [accept("gwangmyeong", 1), send_back(1), counter("gwangmyeong", 1, package(&[("share", share("40"))]))] {
        table.refused("gwangmyeong", answer, &Refusal::NotAsked { offer: 1 });
    }
    table.done("guro", accept("guro", 1));
    for answer in [accept("guro", 1), send_back(1), counter("guro", 1, package(&[("share", share("40"))]))] {
        table.refused("guro", answer, &Refusal::NotAsked { offer: 1 });
    }
}

#[test]
fn ones_own_offer_is_not_answered() {
    let mut table = Table::free();
    table.done("seoul", tabled("seoul", asked("50")));
    for answer in [accept("seoul", 1), send_back(1), counter("seoul", 1, package(&[("share", share("40"))]))] {
        table.refused("seoul", answer, &Refusal::OwnOffer { offer: 1 });
    }
}

#[test]
fn a_counter_offer_closes_what_it_answers_and_carries_over_what_it_leaves_out() {
    let mut table = Table::free();
    table.done("gwangmyeong", to("gwangmyeong", &["seoul", "guro"], asked("50")));
    let events = table.done("seoul", counter("seoul", 1, package(&[("sum", won("100"))])));
    let Event::OfferTabled { offer: 2, to, counters: Some(1), package, .. } = &events[0] else { panic!("{events:?}") };
    assert_eq!(*to, some(&["guro", "gwangmyeong"]), "everyone around the offer answered");
    assert_eq!(package.terms, crate::table::package(&[("share", share("50")), ("sum", won("100"))]).terms);
    assert_eq!(package.labels[&id("share")], "half", "the label stays with the value it names");
    let state = table.state();
    assert_eq!((state.offers[&1].state, state.offers[&1].to[&id("seoul")]), (OfferState::Countered, Answer::Countered));
    let closed = Refusal::OfferClosed { offer: 1, state: OfferState::Countered };
    table.refused("guro", accept("guro", 1), &closed);
}

#[test]
fn a_label_goes_when_its_value_changes() {
    let mut table = Table::free();
    table.done("gwangmyeong", tabled("gwangmyeong", asked("50")));
    table.done("seoul", counter("seoul", 1, package(&[("share", share("30"))])));
    assert!(table.state().offers[&2].package.labels.is_empty());
}

#[test]
fn a_counter_offer_or_an_improvement_changes_something() {
    let mut table = Table::free();
    table.done("gwangmyeong", tabled("gwangmyeong", asked("50")));
    for same in [Package::default(), package(&[("share", share("50"))])] {
        table.refused("seoul", counter("seoul", 1, same.clone()), &Refusal::NothingChanged { offer: 1 });
        table.refused("gwangmyeong", improve("gwangmyeong", 1, same), &Refusal::NothingChanged { offer: 1 });
    }
}

#[test]
fn another_date_alone_is_an_improvement() {
    let mut table = Table::free();
    table.done("gwangmyeong", tabled("gwangmyeong", asked("50")));
    let prolonged = Command::ImproveOffer {
        offer: 1,
        package: Package::default(),
        mandate: mandate("gwangmyeong"),
        expires: Some(until("2000-03-01")),
    };
    table.done("gwangmyeong", prolonged);
    table.done("gwangmyeong", improve("gwangmyeong", 2, asked("45")));
    assert_eq!(table.state().offers[&3].expires, Some(until("2000-03-01")), "it keeps its date if it is given no other");
}

#[test]
fn sending_back_closes_the_offer_for_its_author_to_improve() {
    let mut table = Table::free();
    table.done("gwangmyeong", tabled("gwangmyeong", asked("50")));
    assert_eq!(table.done("seoul", send_back(1)), [Event::OfferSentBack { offer: 1, by: id("seoul"), why: None }]);
    assert_eq!(state_of(&table, 1), OfferState::SentBack);
    table.refused("guro", accept("guro", 1), &Refusal::OfferClosed { offer: 1, state: OfferState::SentBack });
    let events = table.done("gwangmyeong", improve("gwangmyeong", 1, package(&[("share", share("45"))])));
    assert!(matches!(&events[..], [Event::OfferTabled { offer: 2, improves: Some(1), counters: None, .. }]));
    assert_eq!(state_of(&table, 1), OfferState::Improved);
}

#[test]
fn an_improvement_is_asked_of_everyone_again() {
    let mut table = Table::free();
    table.done("gwangmyeong", to("gwangmyeong", &["seoul", "guro"], asked("50")));
    table.done("guro", accept("guro", 1));
    table.done("gwangmyeong", improve("gwangmyeong", 1, package(&[("share", share("45"))])));
    let awaited: Vec<GovernmentId> = table.state().offers[&2].awaits().cloned().collect();
    assert_eq!(awaited, some(&["guro", "seoul"]));
}

#[test]
fn ones_own_offer_is_improved_and_withdrawn_by_oneself_while_it_stands() {
    let mut table = Table::free();
    table.done("gwangmyeong", tabled("gwangmyeong", asked("50")));
    table.refused("seoul", improve("seoul", 1, asked("40")), &Refusal::NotYourOffer { offer: 1 });
    table.refused("seoul", Command::WithdrawOffer { offer: 1 }, &Refusal::NotYourOffer { offer: 1 });
    assert_eq!(table.done("gwangmyeong", Command::WithdrawOffer { offer: 1 }), [Event::OfferWithdrawn { offer: 1 }]);
    let closed = Refusal::OfferClosed { offer: 1, state: OfferState::Withdrawn };
    table.refused("gwangmyeong", Command::WithdrawOffer { offer: 1 }, &closed);
    table.refused("gwangmyeong", improve("gwangmyeong", 1, asked("40")), &closed);
    table.refused("seoul", counter("seoul", 1, asked("40")), &closed);
}

#[test]
fn there_is_no_answer_to_an_offer_that_is_not_there() {
    let mut table = Table::free();
    let commands = [
        accept("seoul", 7),
        send_back(7),
        counter("seoul", 7, asked("40")),
        improve("seoul", 7, asked("40")),
        Command::WithdrawOffer { offer: 7 },
    ];
    for command in commands {
        table.refused("seoul", command, &Refusal::UnknownOffer { offer: 7 });
    }
    let lapse = table.service(Service::Notifications, Command::LapseOffer { offer: 7 });
    assert_eq!(lapse, Err(Refusal::UnknownOffer { offer: 7 }.into()));
}

fn dated(day: &str) -> Command {
    Command::TableOffer { to: some(&["seoul"]), package: asked("50"), mandate: mandate("gwangmyeong"), expires: Some(until(day)) }
}

#[test]
fn a_date_lies_ahead_in_a_zone_that_is_known() {
    let mut table = Table::free();
    table.refused("gwangmyeong", dated("2000-02-07"), &Refusal::BadDeadline);
    let mut nowhere = until("2000-03-01");
    nowhere.zone = "Asia/Nowhere".into();
    let command = Command::TableOffer { to: vec![], package: asked("50"), mandate: mandate("gwangmyeong"), expires: Some(nowhere) };
    table.refused("gwangmyeong", command, &Refusal::BadDeadline);
    table.done("gwangmyeong", dated("2000-02-08"));
}

#[test]
fn a_date_binds_when_it_has_passed_whether_or_not_that_is_recorded() {
    let mut table = Table::free();
    table.done("gwangmyeong", dated("2000-02-15"));
    let lapse = || Command::LapseOffer { offer: 1 };
    assert_eq!(table.service(Service::Notifications, lapse()), Err(Refusal::NotYetLapsed { offer: 1 }.into()));
    table.now = "2000-02-15T15:00:00Z".parse().unwrap();
    let closed = Refusal::OfferClosed { offer: 1, state: OfferState::Lapsed };
    table.refused("seoul", accept("seoul", 1), &closed);
    table.refused("gwangmyeong", Command::WithdrawOffer { offer: 1 }, &closed);
    assert_eq!(table.service(Service::Notifications, lapse()), Ok(vec![Event::OfferLapsed { offer: 1 }]));
    assert_eq!(state_of(&table, 1), OfferState::Lapsed);
    assert_eq!(table.service(Service::Notifications, lapse()), Err(closed.into()));
}

#[test]
fn an_offer_without_a_date_does_not_lapse() {
    let mut table = Table::free();
    table.done("gwangmyeong", tabled("gwangmyeong", asked("50")));
    table.now = "2020-01-01T00:00:00Z".parse().unwrap();
    let lapse = table.service(Service::Notifications, Command::LapseOffer { offer: 1 });
    assert_eq!(lapse, Err(Refusal::NotYetLapsed { offer: 1 }.into()));
}

#[test]
fn no_person_lapses_an_offer() {
    let mut table = Table::open(Rounds::Free);
    table.denied("seoul", Command::LapseOffer { offer: 1 }, "access.service_only");
}
