//! An entry on which the rules fail parks its stream, visibly, and nothing else: what came before it stands, and other streams go on.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

use std::num::NonZeroUsize;

use jiff::Timestamp;
use proto::access::Readers;
use proto::actor::{Actor, Service};
use proto::digest::Digest;
use proto::entry::{Act, Body, Entry};
use proto::message::{Command, Event, Refusal};
use proto::negotiation;
use proto::stream::Stream;
use proto::wire::Recorded;
use runtime::decider::{Context, Decider, Meta};
use runtime::rows::Rows;
use runtime::view::{Projector, View};
use serde_json::{Value, json};

/// Adds the numbers of withdrawn offers, and fails on 13.
struct Brittle;

impl Decider for Brittle {
    type State = u32;
    const SERVICE: Service = Service::Negotiation;
    const RULES: u32 = 1;

    fn reads(_: &Command, _: &Stream, _: &u32, _: &Actor) -> Vec<Stream> {
        Vec::new()
    }

    fn decide(_: &u32, _: &Command, _: &Context<'_, u32>) -> Result<Vec<Event>, Refusal> {
        Ok(Vec::new())
    }

    fn evolve(state: &mut u32, event: &Event, _: &Meta) {
        let Event::Negotiation(negotiation::Event::OfferWithdrawn { offer }) = event else { return };
        *state += offer;
        assert_ne!(*offer, 13);
    }
}

impl View for Brittle {
    fn kinds() -> Vec<&'static str> {
        Vec::new()
    }

    fn readers(_: &u32) -> Readers {
        Readers::default()
    }

    fn summary(_: &u32) -> Value {
        Value::Null
    }
}

const CASES: [&str; 2] = ["case/01890a5d-ac96-774b-bcce-b302099a8057", "case/01890a5d-ac96-774b-bcce-b302099a8058"];

fn withdrawn(position: u64, case: usize, offer: u32) -> Recorded {
    let at = Timestamp::UNIX_EPOCH;
    let act = Act {
        actor: Actor::Service(Service::Negotiation),
        cause: None,
        command: serde_json::from_value(json!({ "negotiation": { "withdraw_offer": { "offer": offer } } })).unwrap(),
        command_id: Digest::of(&position.to_be_bytes()),
        events: vec![negotiation::Event::OfferWithdrawn { offer }.into()],
        findings: Vec::new(),
        occurred: None,
        proof: None,
        reads: [].into(),
        rules: 1,
    };
    let entry = Entry {
        at,
        body: Body::Open(Box::new(act)),
        position,
        prev: None,
        recorded_at: at,
        service: Service::Negotiation,
        stream: CASES[case].parse().unwrap(),
        version: 1,
    };
    Recorded { entry: serde_json::to_string(&entry).unwrap(), act: None, asked: Digest::of(b"asked") }
}

async fn projector(folder: &std::path::Path) -> Projector<Brittle> {
    let db =
        runtime::db::open(&runtime::db::sqlite_url(&folder.join("view.db")), "negotiation", 1, runtime::db::Commit::Derived).await.unwrap();
    migrations::run(&db, &migrations::views("negotiation")).await.unwrap();
    Projector::open(Rows::new(db, "negotiation"), NonZeroUsize::MIN).await.unwrap()
}

#[tokio::test]
async fn what_came_before_stands_and_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut view = projector(folder.path()).await;
    let row =
        async |view: &Projector<Brittle>, case: usize| view.rows().get(CASES[case]).await.unwrap().map(|row| (row.position, row.body));

    let (changes, _) = view.fold(&[withdrawn(0, 0, 1)], 1).await.unwrap();
    view.commit(changes).await.unwrap();
    let page = [withdrawn(1, 0, 2), withdrawn(2, 1, 5), withdrawn(3, 0, 13), withdrawn(4, 0, 4), withdrawn(5, 1, 6)];
    let (changes, _) = view.fold(&page, 6).await.unwrap();
    view.commit(changes).await.unwrap();
    assert_eq!(row(&view, 0).await, Some((1, "3".to_owned())));
    assert_eq!(row(&view, 1).await, Some((5, "11".to_owned())));
    let parked = view.rows().parked().await.unwrap();
    assert_eq!(parked, [(CASES[0].to_owned(), "the rules failed on it".to_owned())]);

    // It stays so, also for the next process.
    let mut view = projector(folder.path()).await;
    let (changes, _) = view.fold(&[withdrawn(6, 0, 1), withdrawn(7, 1, 1)], 8).await.unwrap();
    view.commit(changes).await.unwrap();
    assert_eq!((row(&view, 0).await, row(&view, 1).await), (Some((1, "3".to_owned())), Some((7, "12".to_owned()))));
}

#[tokio::test]
async fn a_position_without_rows_is_kept_when_there_is_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut view = projector(folder.path()).await;
    let (changes, _) = view.fold(&[], 7).await.unwrap();
    view.commit(changes).await.unwrap();
    assert_eq!((view.next(), view.rows().next().await.unwrap()), (7, 0));
    view.keep().await.unwrap();
    assert_eq!((view.rows().next().await.unwrap(), view.rows().reacted().await.unwrap()), (7, 7));
}
