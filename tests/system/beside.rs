//! Long computations, by real workers: heard by who asked, stopped when they are no longer wanted, taken up again after a restart, bounded in memory.

use std::time::Duration;

use futures::StreamExt as _;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::client::{Client, play};
use crate::platform::{self, Site};

/// Two parties at a table.
pub const TABLE: &str = r#"
case table
date 2000-05-01
guro.delegate> open_case title: "Library" / "도서관", procedure: kr-cooperation-project, rounds: free
guro.delegate> invite government: seoul
guro.delegate> invite government: gwangmyeong
gwangmyeong.signatory> grant_mandate government: gwangmyeong, mandate: {mandate: $mandate.1, case: $case, delegate: gwangmyeong-delegate, scope: all, until: 2000-12-31, legal_basis: "x"}
gwangmyeong.delegate> join mandate: $mandate.1
seoul.signatory> grant_mandate government: seoul, mandate: {mandate: $mandate.2, case: $case, delegate: seoul-delegate, scope: all, until: 2000-12-31, legal_basis: "x"}
seoul.delegate> join mandate: $mandate.2
"#;

/// A plant with a cost curve for so many members: each needs a little more than the one before.
pub fn plant(rule: &str, members: usize) -> Value {
    let names: Vec<String> = (0..members).map(|nth| format!("city-{nth:02}")).collect();
    let needs: serde_json::Map<_, _> = names.iter().enumerate().map(|(nth, name)| (name.clone(), json!((10 + nth).to_string()))).collect();
    let won = |amount: &str| json!({ "amount": amount, "currency": "KRW" });
    json!({
        "currency": "KRW",
        "components": { "plant": {
            "names": { "en": "Plant", "ko": "시설" }, "cost": won("4000000"), "members": names, "rule": rule,
            "costs": { "capacity": { "a": won("100000"), "b": "0.7", "need": "use" } },
        } },
        "drivers": { "use": {
            "names": { "en": "Use", "ko": "사용량" }, "unit": "t", "year": 2000, "source": "test", "values": needs,
        } },
    })
}

struct Table {
    site: Site,
    client: Client,
    case: String,
}

impl Table {
    async fn new(change: impl FnOnce(&mut runtime::config::Settings)) -> Self {
        let site = platform::start(change).await;
        let case = play(&site, "beside", TABLE).await.case().to_string();
        Self { client: Client::new(&site), site, case }
    }

    async fn does(&self, who: &str, name: &str, fields: Value) -> Value {
        let token = self.client.token(who, "delegate").await;
        let body = json!({ "command": { "allocation": { name: fields } } });
        let answer = self
            .client
            .act(
                &format!("cases/{}", self.case),
                &token,
                &proto::digest::Digest::of(body.to_string().as_bytes()).to_string(),
                body.to_string(),
            )
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["events"][0]["allocation"].clone()
    }

    async fn own(&self, who: &str) -> Value {
        let token = self.client.token(who, "delegate").await;
        let answer = self.client.get(&format!("/api/v1/cases/{}/own/allocation", self.case), &token).await;
        if answer.status == 200 { answer.json() } else { Value::Null }
    }

    /// Waits until this party's own room shows something here.
    async fn shows(&self, who: &str, pointer: &str) -> Value {
        for _ in 0..600 {
            if let Some(found) = self.own(who).await.pointer(pointer) {
                return found.clone();
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("{pointer} does not come: {}", self.own(who).await);
    }

    /// What a party hears from now on, as pairs of kind and data, until one of them is the end that it waits for. Comes back once it hears: what was
    /// there before comes first.
    async fn hears(&self, token: String, until: impl Fn(&str, &Value) -> bool + Send + 'static) -> JoinHandle<Vec<(String, Value)>> {
        let request = self.client.request(reqwest::Method::GET, "/api/v1/live").bearer_auth(token);
        let (begun, begins) = tokio::sync::oneshot::channel();
        let heard = tokio::spawn(async move {
            let mut begun = Some(begun);
            let mut bytes = request.send().await.unwrap().bytes_stream();
            let (mut text, mut heard) = (String::new(), Vec::new());
            while let Some(Ok(chunk)) = bytes.next().await {
                text += &String::from_utf8_lossy(&chunk);
                while let Some((event, rest)) = text.split_once("\n\n") {
                    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
                    let (kind, data) = (field("event:"), serde_json::from_str(&field("data:")).unwrap_or_default());
                    text = rest.to_owned();
                    let ends = until(&kind, &data);
                    heard.push((kind, data));
                    begun.take().into_iter().for_each(|begun| _ = begun.send(()));
                    if ends {
                        return heard;
                    }
                }
            }
            heard
        });
        begins.await.unwrap();
        heard
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_hears_how_far_it_is_and_nobody_else_does() {
    let table = Table::new(|_| {}).await;
    let computed = |kind: &str, data: &Value| kind == "entry" && data["act"].to_string().contains("\"computed\"");
    let mine = table.hears(table.client.token("gwangmyeong", "delegate").await, computed).await;
    let tabled = |kind: &str, data: &Value| kind == "entry" && data["entry"].to_string().contains("run_tabled");
    let theirs = table.hears(table.client.token("seoul", "delegate").await, tabled).await;

    let model = plant("shapley", 18);
    let asked = table.does("gwangmyeong", "compute", json!({ "run": "large", "model": model })).await;
    assert_eq!(asked["work_asked"]["members"], 20);
    let run = table.shows("gwangmyeong", "/runs/large").await;
    let result = allocation::solve(&serde_json::from_value(model).unwrap(), 20).unwrap();
    assert_eq!(run["result"], serde_json::to_value(result).unwrap(), "a worker gives what anyone computes");
    let mine = tokio::time::timeout(Duration::from_mins(2), mine).await.unwrap().unwrap();
    let progress: Vec<&Value> = mine.iter().filter(|(kind, _)| kind == "progress").map(|(_, data)| data).collect();
    assert!(progress.len() > 1, "{mine:?}");
    assert!(progress.iter().all(|p| p["run"] == "large" && p["done"].as_u64() <= p["of"].as_u64()), "{progress:?}");

    // A small one is at once, and is heard when it is tabled.
    let halves = json!({ "currency": "KRW", "components": { "books": {
        "names": { "en": "Books", "ko": "책" }, "cost": { "amount": "100", "currency": "KRW" }, "members": ["gwangmyeong", "seoul"], "rule": "equal",
    } } });
    table.does("gwangmyeong", "table_run", json!({ "run": "halves", "model": halves })).await;
    let theirs = tokio::time::timeout(Duration::from_mins(1), theirs).await.unwrap().unwrap();
    assert!(theirs.iter().all(|(kind, data)| kind == "entry" && !data["act"].to_string().contains("large")), "{theirs:?}");
    table.site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_called_off_is_stopped_and_a_restart_takes_up_what_is_not() {
    let table = Table::new(|_| {}).await;
    // All sets of 24 members under the rule that takes longest: without being stopped it would hold the only worker for the whole test.
    table.does("gwangmyeong", "compute", json!({ "run": "endless", "model": plant("per_capita_nucleolus", 24), "members": 24 })).await;
    let one = plant("equal", 3);
    let first = table.does("gwangmyeong", "compute", json!({ "run": "small", "model": one })).await;
    let digest = &first["computed"]["digest"];
    table.does("gwangmyeong", "study", json!({ "run": "side-by-side", "of": digest, "question": "comparison" })).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(table.own("gwangmyeong").await["studies"].as_object().unwrap().is_empty(), "there is one worker, and it is busy");
    let cancelled = table.does("gwangmyeong", "cancel", json!({ "run": "endless" })).await;
    assert_eq!(cancelled["work_cancelled"]["run"], "endless");
    table.shows("gwangmyeong", "/studies/side-by-side/answer/found/comparison").await;

    table.does("seoul", "compute", json!({ "run": "slow", "model": plant("shapley", 20) })).await;
    let settings = table.site.settings.clone();
    let folder = table.site.stop().await;
    let site = platform::start_in(folder, settings).await;
    let table = Table { client: Client::new(&site), site, case: table.case };
    table.shows("seoul", "/runs/slow/digest").await;
    assert_eq!(table.own("seoul").await["pending"], json!({}));
    let token = table.client.token("seoul", "delegate").await;
    let explained = table.client.get(&format!("/api/v1/cases/{}/own/runs/slow/explain", table.case), &token).await;
    assert_eq!(explained.said(), (409, "allocation.too_many_members".to_owned()), "a step for each of a million sets helps nobody");
    table.site.stop().await;
}

/// A table that stands in a file becomes a document; the model names it, and has the digest that it would have with the table in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_is_kept_as_a_document_is_computed_with() {
    let table = Table::new(|_| {}).await;
    let token = table.client.token("gwangmyeong", "delegate").await;
    let import = async |audience: &str, of_seoul: u32| {
        let path = format!("/api/v1/tables/coalitions?members=gwangmyeong%2Bseoul&currency=KRW&audience={}", audience.replace('/', "%2F"));
        let request = table.client.request(reqwest::Method::POST, &path).bearer_auth(&token).header("Content-Type", "text/csv");
        table.client.send(request.body(format!("coalition,cost\ngwangmyeong,700\nseoul,{of_seoul}\ngwangmyeong+seoul,1000\n"))).await
    };
    let strange = import(&format!("case/{}/seoul", table.case), 900).await;
    assert_eq!(strange.said(), (404, "not_found".to_owned()));
    let costs = import(&format!("case/{}", table.case), 900).await.json();
    assert!(costs["document"]["digest"].is_string(), "{costs}");
    let model = |costs: &Value| {
        json!({ "currency": "KRW", "components": { "swap": {
            "names": { "en": "Swap", "ko": "교환" }, "cost": { "amount": "1000", "currency": "KRW" }, "members": ["gwangmyeong", "seoul"],
            "rule": "nucleolus", "costs": costs,
        } } })
    };
    table.does("gwangmyeong", "compute", json!({ "run": "swap", "model": model(&costs) })).await;
    let run = table.shows("gwangmyeong", "/runs/swap").await;
    let won = |amount: i64| json!({ "amount": amount.to_string(), "currency": "KRW" });
    assert_eq!(run["result"]["total"], json!({ "gwangmyeong": won(400), "seoul": won(600) }));
    let listed = json!({ "listed": { "gwangmyeong": won(700), "seoul": won(900), "gwangmyeong+seoul": won(1000) } });
    let whole: proto::allocation::Model = serde_json::from_value(model(&listed)).unwrap();
    assert_eq!(run["result"]["model"], json!(whole.digest().unwrap()));
    let tabled = table.does("gwangmyeong", "table_run", json!({ "run": "swap", "model": model(&costs) })).await;
    assert_eq!(tabled["run_tabled"]["result"], run["result"]);

    // A table that one keeps to oneself is read by the others as soon as a run lies before them that names it, and not before.
    let own = import(&format!("case/{}/gwangmyeong", table.case), 950).await.json();
    let path = format!("/api/v1/documents/{}", own["document"]["digest"].as_str().unwrap());
    let seoul = table.client.token("seoul", "delegate").await;
    assert!(table.client.get(&path, &seoul).await.status == 404);
    table.does("gwangmyeong", "compute", json!({ "run": "private", "model": model(&own) })).await;
    table.shows("gwangmyeong", "/runs/private").await;
    let may_read = async |token: &str| table.client.get(&path, token).await.status == 200;
    assert!(!may_read(&seoul).await);
    table.does("gwangmyeong", "table_run", json!({ "run": "private", "model": model(&own) })).await;
    for _ in 0..100 {
        if may_read(&seoul).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(may_read(&seoul).await);
    let stranger = table.client.token("hwaseong", "delegate").await;
    assert!(!may_read(&stranger).await);
    table.site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_wants_too_much_memory_breaks_off_and_says_so() {
    let table = Table::new(|settings| settings.allocation.memory_mib = 32).await;
    table.does("gwangmyeong", "compute", json!({ "run": "large", "model": plant("shapley", 20) })).await;
    let why = table.shows("gwangmyeong", "/failed/large").await;
    assert_eq!(why, json!({ "work_broke": { "memory_mib": 32 } }));
    // The platform goes on, and the name is free again.
    table.does("gwangmyeong", "compute", json!({ "run": "large", "model": plant("shapley", 5) })).await;
    table.shows("gwangmyeong", "/runs/large/digest").await;
    table.site.stop().await;
}

/// A worker computes only when nobody else wants the processor (policy 5, `SCHED_IDLE`), and last of all those who do so.
#[test]
#[cfg(target_os = "linux")]
fn a_worker_comes_last() {
    use std::process::{Command, Stdio};
    let mut worker = Command::new(env!("CARGO_BIN_EXE_interlocal"));
    let mut worker = worker.args(["work", "--memory-mib", "256"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let stands = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", worker.id())).unwrap();
        let fields: Vec<String> = stat.rsplit(')').next().unwrap().split_whitespace().map(str::to_owned).collect();
        // Counted from the third field of proc_pid_stat(5): niceness is the 19th, the policy the 41st.
        (fields[16].clone(), fields[38].clone())
    };
    let last = ("19".to_owned(), "5".to_owned());
    for _ in 0..100 {
        if stands() == last {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let stood = stands();
    worker.kill().unwrap();
    worker.wait().unwrap();
    assert_eq!(stood, last);
}
