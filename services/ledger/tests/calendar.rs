//! The civil calendar: its rules, and the clock that the ledger holds services to.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use jiff::{SignedDuration, Timestamp};
use ledger::calendar::{Demo, Production};
use ledger::{Ledger, Settings};
use proto::access::{Asker, Denial};
use proto::calendar::{Command, LATEST, Refusal};
use proto::id::{GovernmentId, OfficialId};
use proto::message::{self, Target};
use proto::registry::{Appointment, Event};
use proto::stream::Stream;
use proto::wire::Appended;
use proto::{actor::Ground, actor::Role};
use runtime::config::Mode;
use runtime::model::{Model, Rules, rules};
use support::{Draft, Place, case, invariants, later, now, position};

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn set(to: &str) -> message::Command {
    Command::SetCalendar { to: time(to) }.into()
}

/// A platform whose administrator is park.
fn given(rules: Box<dyn Rules>) -> (Model, Asker) {
    let (official, government): (OfficialId, GovernmentId) = ("park".parse().unwrap(), "office".parse().unwrap());
    let mut model = Model::new(vec![rules]);
    let appointment = Appointment {
        government: government.clone(),
        role: Role::Administrator,
        ground: Ground::OwnOffice,
        on_behalf_of: None,
        from: "1990-01-01".parse().unwrap(),
        until: None,
    };
    let name = proto::remark::Remark::text("Park");
    let event = Event::Appointed { name, appointment, zone: "Asia/Seoul".to_owned() };
    model.record(&Stream::Official(official.clone()), &[event.into()], time("1990-01-01T00:00:00Z"), None);
    (model, Asker::Person { official, government })
}

#[test]
fn a_demo_calendar_begins_in_any_past_and_moves_forward_from_there() {
    let (mut model, park) = given(rules::<Demo>());
    model.act(&park, &Target::Calendar, &set("1999-06-01T00:00:00Z"), now(), None).unwrap();
    let at = time("1999-06-01T00:00:05Z");
    for to in ["1999-05-31T23:59:59Z", "1999-06-01T00:00:05Z"] {
        let refusal = model.decide(&park, &Target::Calendar, &set(to), at, None, None).unwrap_err();
        assert_eq!(refusal, Refusal::Backward { now: at }.into());
    }
    model.act(&park, &Target::Calendar, &set("2000-05-29T00:00:00Z"), at, None).unwrap();
    let state = model.of(proto::actor::Service::Ledger).unwrap().state(&Stream::Calendar);
    assert_eq!(state, serde_json::json!({ "set_to": "2000-05-29T00:00:00Z", "times": 2 }));
}

#[test]
fn a_demo_calendar_ends() {
    let (model, park) = given(rules::<Demo>());
    let at = time("1999-06-01T00:00:00Z");
    assert!(model.decide(&park, &Target::Calendar, &set(&LATEST.to_string()), at, None, None).is_ok());
    let refusal = model.decide(&park, &Target::Calendar, &set("2200-01-01T00:00:00Z"), at, None, None).unwrap_err();
    assert_eq!(refusal, Refusal::TooFar { latest: LATEST }.into());
}

#[test]
fn a_production_calendar_is_not_set() {
    let (model, park) = given(rules::<Production>());
    let refusal = model.decide(&park, &Target::Calendar, &set("2100-01-01T00:00:00Z"), now(), None, None).unwrap_err();
    assert_eq!(refusal, Refusal::ProductionLedger.into());
}

#[test]
fn only_an_administrator_sets_the_calendar() {
    let (model, _) = given(rules::<Demo>());
    let kim = Asker::Person { official: "kim".parse().unwrap(), government: "seoul".parse().unwrap() };
    let refusal = model.decide(&kim, &Target::Calendar, &set("2100-01-01T00:00:00Z"), now(), None, None).unwrap_err();
    assert!(matches!(refusal, message::Refusal::Access(Denial::NoAppointment { .. })));
}

async fn offset(ledger: &Ledger) -> i64 {
    let Appended::ClockOff { offset_ms } = Draft::new(&case(), 0).at(time("1950-01-01T00:00:00Z")).append(ledger).await else { panic!() };
    offset_ms
}

#[tokio::test]
async fn from_a_set_calendar_on_the_ledger_lives_in_that_time() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let to = time("1999-06-01T00:00:00Z");
        assert_eq!(Draft::calendar(0, to).at(later(60)).append(&ledger).await, Appended::ClockOff { offset_ms: 0 });
        position(&Draft::calendar(0, to).append(&ledger).await);
        let civil = offset(&ledger).await;
        let there = now() + SignedDuration::from_millis(civil);
        assert!(there >= to && there < to + SignedDuration::from_secs(30), "{there}");
        assert_eq!(ledger.head().offset_ms, civil);

        assert_eq!(
            Draft::new(&case(), 0).append(&ledger).await,
            Appended::ClockOff { offset_ms: civil },
            "today is not civil time any more"
        );
        position(&Draft::new(&case(), 0).at(there).append(&ledger).await);
        ledger.close().await;
        let again = place.open().await;
        assert_eq!((offset(&again).await, again.head().offset_ms), (civil, civil));
        assert_eq!(invariants(&again).await.len(), 2);
    }
}

#[tokio::test]
async fn within_a_batch_the_clock_holds_from_the_entry_that_set_it() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let to = time("2050-01-01T00:00:00Z");
    let batch = vec![
        Draft::new(&case(), 0).build(),
        Draft::calendar(0, to).build(),
        Draft::new(&case(), 0).build(),
        Draft::new(&case(), 0).at(to).build(),
    ];
    let answers = ledger.append(batch).await.unwrap();
    assert!(matches!(answers[2], Appended::ClockOff { offset_ms } if offset_ms > 0));
    assert_eq!([&answers[0], &answers[1], &answers[3]].map(position), [0, 1, 2]);
}

#[tokio::test]
async fn another_process_follows_the_calendar() {
    let place = Place::postgres().await;
    let ledgers = [place.open().await, place.open_another().await];
    position(&Draft::new(&case(), 0).append(&ledgers[1]).await);
    position(&Draft::calendar(0, time("2050-01-01T00:00:00Z")).append(&ledgers[0]).await);
    assert_eq!(offset(&ledgers[1]).await, ledgers[0].head().offset_ms);
}

#[tokio::test]
async fn a_production_ledger_takes_no_calendar_entry_whoever_decided_it() {
    let mut place = Place::sqlite();
    place.settings = Settings { mode: Mode::Production, ..place.settings };
    let ledger = place.open().await;
    assert!(matches!(Draft::calendar(0, later(3600)).append(&ledger).await, Appended::Refused { .. }));
    position(&Draft::new(&case(), 0).append(&ledger).await);
}
