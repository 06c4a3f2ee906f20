use proto::actor::Service;
use proto::negotiation::{Command, Event, OfferNo, OfferState, Package, Refusal, Rounds};

use crate::table::{Table, accept, counter, id, improve, mandate, package, send_back, share, some, tabled, to, until};

fn half() -> Package {
    package(&[("share", share("50"))])
}

fn percent(percent: &str) -> Package {
    package(&[("share", share(percent))])
}

mod alternating {
    use super::*;

    fn tabled_to_seoul() -> Table {
        let mut table = Table::open(Rounds::Alternating);
        table.done("gwangmyeong", to("gwangmyeong", &["seoul"], half()));
        table
    }

    #[test]
    fn a_counter_offer_turns_the_table_round() {
        let mut table = tabled_to_seoul();
        assert_eq!(table.turn(), ["seoul"]);
        table.done("seoul", counter("seoul", 1, percent("30")));
        assert_eq!(table.turn(), ["gwangmyeong"]);
        let not_yet = Refusal::NotYourTurn { turn: some(&["gwangmyeong"]) };
        table.refused("seoul", counter("seoul", 2, percent("35")), &not_yet);
        table.refused("guro", counter("guro", 2, percent("35")), &not_yet);
    }

    #[test]
    fn whoever_is_not_asked_opens_no_thread() {
        let mut table = tabled_to_seoul();
        let not_yet = Refusal::NotYourTurn { turn: some(&["seoul"]) };
        for who in ["gwangmyeong", "guro"] {
            table.refused(who, tabled(who, percent("40")), &not_yet);
        }
        table.done("seoul", to("seoul", &["guro"], percent("40")));
        assert_eq!(table.turn(), ["guro"], "the newest open offer says whose move it is");
        table.done("seoul", accept("seoul", 1));
    }

    #[test]
    fn ones_own_offer_is_improved_out_of_turn() {
        let mut table = tabled_to_seoul();
        table.done("gwangmyeong", improve("gwangmyeong", 1, percent("45")));
        assert_eq!(table.turn(), ["seoul"]);
    }

    #[test]
    fn when_nothing_is_open_it_is_anyones_move() {
        for answer in [accept("seoul", 1), send_back(1)] {
            let mut table = tabled_to_seoul();
            table.done("seoul", answer);
            assert!(table.turn().is_empty());
            table.done("guro", tabled("guro", percent("40")));
        }
    }

    #[test]
    fn an_offer_whose_time_has_passed_keeps_nobody_waiting() {
        let mut table = Table::open(Rounds::Alternating);
        let expires = Some(until("2000-02-15"));
        table.done("gwangmyeong", Command::TableOffer { to: some(&["seoul"]), package: half(), mandate: mandate("gwangmyeong"), expires });
        table.now = "2000-02-16T00:00:00Z".parse().unwrap();
        table.done("guro", tabled("guro", percent("40")));
    }
}

mod circulated {
    use super::*;

    fn circulate(who: &str, package: Package) -> Command {
        Command::TableOffer { to: vec![], package, mandate: mandate(who), expires: Some(until("2000-02-29")) }
    }

    fn circulated() -> Table {
        let mut table = Table::open(Rounds::Circulated);
        table.done("gyeonggi", circulate("gyeonggi", half()));
        table
    }

    fn states(table: &Table) -> Vec<(OfferNo, OfferState)> {
        table.state().offers.iter().map(|(number, offer)| (*number, offer.state)).collect()
    }

    #[test]
    fn a_draft_goes_to_all_with_a_date() {
        let mut table = Table::open(Rounds::Circulated);
        table.refused("gyeonggi", tabled("gyeonggi", half()), &Refusal::NoAnswerDate);
        let expires = Some(until("2000-02-29"));
        let some_only = Command::TableOffer { to: some(&["seoul", "guro"]), package: half(), mandate: mandate("gyeonggi"), expires };
        table.refused("gyeonggi", some_only, &Refusal::NotToAll { missing: some(&["gwangmyeong"]) });
        table.done("gyeonggi", circulate("gyeonggi", half()));
        assert_eq!(table.turn(), ["guro", "gwangmyeong", "seoul"]);
    }

    #[test]
    fn one_draft_at_a_time() {
        let mut table = circulated();
        let turn = some(&["guro", "gwangmyeong", "seoul"]);
        table.refused("seoul", circulate("seoul", percent("30")), &Refusal::NotYourTurn { turn });
        table.now = "2000-03-01T00:00:00Z".parse().unwrap();
        let next = Command::TableOffer { to: vec![], package: half(), mandate: mandate("seoul"), expires: Some(until("2000-03-31")) };
        table.done("seoul", next);
    }

    #[test]
    fn each_answers_for_itself_and_once() {
        let mut table = circulated();
        table.done("seoul", counter("seoul", 1, percent("30")));
        table.done("guro", send_back(1));
        assert_eq!(states(&table), [(1, OfferState::Open), (2, OfferState::Open)], "the draft stays with those who have not answered");
        table.refused("seoul", accept("seoul", 1), &Refusal::NotAsked { offer: 1 });
        table.done("gwangmyeong", accept("gwangmyeong", 1));
        assert_eq!(states(&table)[0], (1, OfferState::Countered), "all have answered, one of them with another draft");
    }

    #[test]
    fn a_draft_all_accept_is_agreed() {
        let mut table = circulated();
        table.done("seoul", accept("seoul", 1));
        table.done("guro", accept("guro", 1));
        assert_eq!(table.done("gwangmyeong", accept("gwangmyeong", 1))[1], Event::OfferAgreed { offer: 1 });
    }

    #[test]
    fn a_draft_that_is_only_sent_back_goes_back() {
        let mut table = circulated();
        for who in ["seoul", "guro"] {
            table.done(who, accept(who, 1));
        }
        table.done("gwangmyeong", send_back(1));
        assert_eq!(states(&table), [(1, OfferState::SentBack)]);
    }

    #[test]
    fn a_counter_draft_goes_to_all_and_ends_with_the_draft_unless_it_says_otherwise() {
        let mut table = circulated();
        let events = table.done("seoul", counter("seoul", 1, percent("30")));
        let all = some(&["guro", "gwangmyeong", "gyeonggi"]);
        assert!(matches!(&events[0], Event::OfferTabled { to, expires, .. } if *to == all && *expires == Some(until("2000-02-29"))));
        let own = Command::CounterOffer { to: 1, package: percent("35"), mandate: mandate("guro"), expires: Some(until("2000-03-15")) };
        assert!(matches!(&table.done("guro", own)[0], Event::OfferTabled { expires, .. } if *expires == Some(until("2000-03-15"))));
    }

    #[test]
    fn when_a_counter_draft_is_agreed_the_draft_has_found_its_answer() {
        let mut table = circulated();
        table.done("seoul", counter("seoul", 1, percent("30")));
        for who in ["guro", "gwangmyeong", "gyeonggi"] {
            table.done(who, accept(who, 2));
        }
        assert_eq!(states(&table), [(1, OfferState::Countered), (2, OfferState::Agreed)]);
    }

    #[test]
    fn the_author_improves_its_draft_whatever_others_have_answered() {
        let mut table = circulated();
        table.done("seoul", counter("seoul", 1, percent("30")));
        for who in ["guro", "gwangmyeong"] {
            table.done(who, send_back(1));
        }
        table.done("gyeonggi", improve("gyeonggi", 1, percent("40")));
        assert_eq!(states(&table), [(1, OfferState::Improved), (2, OfferState::Open), (3, OfferState::Open)]);
    }

    #[test]
    fn silence_accepts_nothing() {
        let mut table = circulated();
        for who in ["guro", "gwangmyeong"] {
            table.done(who, accept(who, 1));
        }
        table.now = "2000-03-01T00:00:00Z".parse().unwrap();
        table.service(Service::Notifications, Command::LapseOffer { offer: 1 }).unwrap();
        assert_eq!(states(&table), [(1, OfferState::Lapsed)]);
        assert_eq!(table.state().terms[&id("share")].agreed, None);
    }

    #[test]
    fn whoever_leaves_sends_the_draft_back_and_the_others_go_on_answering() {
        let mut table = circulated();
        table.done("guro", accept("guro", 1));
        table.done("guro", Command::Leave { why: None });
        table.done("seoul", accept("seoul", 1));
        table.done("gwangmyeong", accept("gwangmyeong", 1));
        assert_eq!(states(&table), [(1, OfferState::SentBack)], "a package for four is not agreed by three");
    }
}

mod free {
    use super::*;

    #[test]
    fn anyone_opens_a_thread_at_any_time() {
        let mut table = Table::free();
        table.done("gwangmyeong", to("gwangmyeong", &["seoul"], half()));
        table.done("gwangmyeong", to("gwangmyeong", &["guro"], half()));
        table.done("gyeonggi", tabled("gyeonggi", percent("40")));
        assert_eq!(table.turn(), ["guro", "gwangmyeong", "seoul"]);
    }
}
