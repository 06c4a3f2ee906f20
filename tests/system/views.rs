//! Views are nothing but folds: what a service shows equals what anyone computes from the ledger, and a view that is thrown away comes back the same,
//! without anything being done again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use async_nats::HeaderMap;
use jiff::Timestamp;
use proto::actor::Service;
use proto::entry::{Act, Entry};
use proto::stream::Stream;
use proto::wire::{Page, Read, Reply};
use runtime::config::Settings;
use runtime::folds;
use runtime::model::Model;
use runtime::platform::Platform;
use runtime::rows::{Row, Rows};
use runtime::view::View;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};

use crate::client::{Client, guro, play, play_on};
use crate::platform::{self, Site};

/// Services that have views.
const VIEWING: [Service; 8] = [
    Service::Registry,
    Service::Negotiation,
    Service::Allocation,
    Service::Authority,
    Service::Approvals,
    Service::Signing,
    Service::Mediation,
    Service::Notifications,
];

/// Beside the transcript: what it does not touch, and what leaves lists again.
const MORE: &str = r#"
case others
date 2000-05-01
guro.delegate> open_case title: "Library" / "도서관", procedure: kr-cooperation-project, rounds: free
guro.delegate> invite government: seoul
guro.delegate> invite government: gwangmyeong
guro.delegate> invite government: hwaseong
seoul.delegate> decline why: remark("No books.")
gwangmyeong.signatory> grant_mandate government: gwangmyeong, mandate: {mandate: $mandate.2, case: $case, delegate: gwangmyeong-delegate, scope: all, until: 2000-12-31, legal_basis: "x"}
gwangmyeong.delegate> join mandate: $mandate.2
gwangmyeong.delegate> compute run: private, model: {currency: KRW, components: {books: {names: "Books" / "책", cost: {amount: "100", currency: KRW}, members: [guro, gwangmyeong], rule: equal}}}
gwangmyeong.delegate> leave
date 2000-05-02
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_what_the_ledger_says() {
    let site = platform::start(|_| {}).await;
    let mut stage = play(&site, "views", &guro()).await;
    play_on(&mut stage, MORE).await;
    let client = Client::new(&site);
    let head = client.quiet().await;

    let ledger = ledger(&site).await;
    assert_eq!(ledger.len() as u64, head);
    let rooms = rooms(&client).await;

    let settings = site.settings.clone();
    let folder = site.stop().await;
    let live = views(&settings).await;
    each_equals_the_model(&ledger, &live);
    each_row_is_what_its_service_makes_of_it(&ledger, &live);
    for service in VIEWING {
        interlocal::rebuild::run(settings.clone(), service).await.unwrap();
    }
    let site = platform::start_in(folder, settings.clone()).await;
    let client = Client::new(&site);
    assert_eq!(client.quiet().await, head, "rebuilding reacts to nothing");
    assert_eq!(self::rooms(&client).await, rooms, "what readers are shown is the same");
    assert_eq!(client.head().await, head);
    let _folder = site.stop().await;
    let rebuilt = views(&settings).await;
    for service in VIEWING {
        let (before, after) = (&live[&service], &rebuilt[&service]);
        for (key, row) in &before.rows {
            assert_eq!(Some(row), after.rows.get(key), "{service:?}: `{key}` before and after");
        }
        assert_eq!(before, after, "{service:?}: the rebuilt view equals the live one");
    }
}

type Ledger = Vec<(Entry, Act)>;

/// The whole ledger, as a service reads it.
async fn ledger(site: &Site) -> Ledger {
    let bus = site.bus(Service::Registry).await;
    let mut all = Vec::new();
    loop {
        let question = Read { from: all.len() as u64, kinds: Vec::new(), limit: 500 };
        let subject = bus.subjects().query(Service::Ledger, "read");
        let Ok(Reply::Ok(page)) = bus.ask::<Reply<Page>>(Service::Ledger, subject, HeaderMap::new(), &question).await else {
            panic!("no answer")
        };
        all.extend(page.entries.iter().map(|recorded| folds::open(recorded).unwrap()));
        if all.len() as u64 >= page.head {
            return all;
        }
    }
}

/// What stands in the tables of a view.
#[derive(Debug, PartialEq)]
struct Kept {
    rows: BTreeMap<String, Row>,
    /// Who has what in their lists.
    members: BTreeSet<(String, String)>,
    next: u64,
}

/// Of a platform that has stopped: until then a position that has moved on without rows may not be written yet.
async fn views(settings: &Settings) -> BTreeMap<Service, Kept> {
    let platform = Platform::new(settings.clone(), String::new());
    let mut all = BTreeMap::new();
    for service in VIEWING {
        let db = platform.database(service).await.unwrap();
        let sql = format!("SELECT member, key FROM {}_member", service.name());
        let members = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
        let members = members.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect();
        let rows = Rows::new(db.clone(), service.name());
        assert_eq!(rows.parked().await.unwrap(), [], "{service:?}");
        let next = rows.next().await.unwrap();
        let rows = rows.list("", None, "", 100_000).await.unwrap().into_iter().map(|row| (row.key.clone(), row)).collect();
        db.close().await.unwrap();
        all.insert(service, Kept { rows, members, next });
    }
    all
}

/// Against the model, which folds everything: a kind that a view forgets to ask for makes a difference here.
fn each_equals_the_model(ledger: &Ledger, views: &BTreeMap<Service, Kept>) {
    let mut model = Model::new(interlocal::all_rules());
    for (entry, act) in ledger {
        let position = model.record(&entry.stream, &act.events, entry.at, act.occurred.as_ref());
        assert_eq!(position, entry.position);
    }
    let streams: BTreeSet<Stream> = ledger.iter().map(|(entry, _)| entry.stream.clone()).collect();
    for service in VIEWING {
        let (rules, kept) = (model.of(service).unwrap(), &views[&service]);
        let nothing = rules.state(&"case/01890a5d-ac96-774b-bcce-b302099a8057/nobody".parse().unwrap());
        // What a decision looks up in the register is no business of other services' readers.
        for stream in streams.iter().filter(|stream| stream.case().is_some() || service == Service::Registry) {
            let computed = rules.state(stream);
            match kept.rows.get(&stream.to_string()) {
                Some(row) => assert_eq!(serde_json::from_str::<Value>(&row.body).unwrap(), computed, "{service:?}: `{stream}`"),
                None => assert_eq!(nothing, computed, "{service:?}: `{stream}` is in no row"),
            }
        }
        let known = |key: &String| streams.iter().any(|stream| stream.to_string() == *key);
        assert!(kept.rows.keys().all(known), "{service:?}: rows of streams that are not there");
        assert!(kept.rows.len() > 1, "{service:?} has a view");
    }
}

/// Summaries, deadlines and lists are functions of the fold.
fn each_row_is_what_its_service_makes_of_it(ledger: &Ledger, views: &BTreeMap<Service, Kept>) {
    one::<registry::Registry>(ledger, views);
    one::<negotiation::Negotiation>(ledger, views);
    one::<allocation::Allocation>(ledger, views);
    one::<authority::Authority>(ledger, views);
    one::<approvals::Approvals>(ledger, views);
    one::<signing::Signing>(ledger, views);
    one::<mediation::Mediation>(ledger, views);
    one::<notifications::Notifications>(ledger, views);
}

fn one<D: View>(ledger: &Ledger, views: &BTreeMap<Service, Kept>) {
    let mut states: HashMap<&Stream, (u64, D::State)> = HashMap::new();
    let kinds = D::kinds();
    let asked = |kind: &str| kinds.iter().any(|k| kind == *k || kind.split('.').next() == Some(k));
    for (entry, act) in ledger.iter().filter(|(_, act)| act.events.iter().any(|event| asked(&event.kind()))) {
        let (position, state) = states.entry(&entry.stream).or_default();
        *position = entry.position;
        act.events.iter().for_each(|event| D::evolve(state, event, &folds::meta(entry, act)));
    }
    let kept = &views[&D::SERVICE];
    assert_eq!(kept.next, ledger.len() as u64);
    let mut members = BTreeSet::new();
    for (stream, (position, state)) in &states {
        let row = &kept.rows[&stream.to_string()];
        assert_eq!(row.position, *position, "{stream}");
        assert_eq!(serde_json::from_str::<Value>(&row.summary).unwrap(), D::summary(state), "{stream}");
        assert_eq!(row.due_ms, D::next_due(state).map(Timestamp::as_millisecond), "{stream}");
        let own = stream.owner().map(ToString::to_string);
        let of_case = matches!(stream, Stream::Case(_)).then(|| D::readers(state).case.iter().map(ToString::to_string).collect::<Vec<_>>());
        // What was made public stands in the lists of everyone.
        let everyone = (matches!(stream, Stream::Case(_)) && D::is_public(state)).then(|| "*".to_owned());
        members.extend(own.into_iter().chain(of_case.into_iter().flatten()).chain(everyone).map(|member| (member, stream.to_string())));
    }
    assert_eq!(kept.rows.len(), states.len(), "{:?}", D::SERVICE);
    assert_eq!(kept.members, members, "{:?}: who has what in their lists", D::SERVICE);
}

/// What readers are shown, as each party sees it.
async fn rooms(client: &Client) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for government in ["seoul", "guro", "gyeonggi", "gwangmyeong"] {
        let token = client.token(government, "delegate").await;
        let mut paths =
            vec!["/api/v1/governments".to_owned(), "/api/v1/inbox".into(), format!("/api/v1/governments/{government}/mandates")];
        let cases = client.get("/api/v1/cases", &token).await.json();
        for case in cases.as_array().unwrap() {
            let case = case["stream"].as_str().unwrap().trim_start_matches("case/");
            for room in ["negotiation", "allocation", "authority", "approvals", "signing", "disputes", "moves"] {
                paths.extend([format!("/api/v1/cases/{case}/{room}"), format!("/api/v1/cases/{case}/own/{room}")]);
            }
            paths.push(format!("/api/v1/cases/{case}/caucus/{government}"));
        }
        for path in paths {
            let answer = client.get(&path, &token).await;
            let etag = answer.header("etag").to_owned();
            let body = answer.json();
            all.push((format!("{government}: {path} {etag}"), body));
        }
        all.push((format!("{government}: cases"), cases));
    }
    assert!(all.iter().filter(|(_, shown)| shown != &json!([])).count() > 60);
    all
}
