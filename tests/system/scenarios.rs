//! The transcripts, over HTTP against the running system: word for word what the pure rules answer.

use std::fs;
use std::path::Path;

use interlocal::bench::postgres::Server;
use interlocal::bundle;
use interlocal::scenario::stage::{Place, Stage};
use interlocal::scenario::{Http, play, script};
use interlocal::verify::{self, Language, Verdict};
use proto::digest::Digest;
use proto::id::CaseId;
use serde_json::Value;

use crate::platform::{self, Site};

async fn walk(site: &Site) -> Vec<CaseId> {
    let mut cases = Vec::new();
    let mut stage = Stage::new(Place::Http(Http::new(&site.address).unwrap()), "system");
    // In the order of their years: a calendar only goes forward.
    for name in ["guro-gwangmyeong", "hambaeksan", "laboratory"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/scenarios/{name}.txt"));
        let lines = script::read(&fs::read_to_string(file).unwrap()).unwrap();
        play::compare(&mut stage, &lines).await.unwrap_or_else(|e| panic!("{name}: {e:#}"));
        cases.push(stage.case());
    }
    cases
}

/// The case's bundle as an outsider has it. It verifies, and no longer when any of a thousand random bytes is another.
async fn no_byte_can_change(http: &mut Http, site: &Site, case: CaseId, party: &str) {
    let token = http.token(party, "delegate").await.unwrap();
    let file = bundle::fetch(&site.address, &token, case, &site.folder.path().join(case.to_string())).await.unwrap();
    let bytes = fs::read(file).unwrap();
    let intact = verify::bundle(&bytes, None);
    assert_eq!(intact.verdict, Verdict::ConsistentOriginUnproven, "{}", intact.say(Language::English));
    let seed = runtime::clock::random32();
    println!("{party}: {} bytes, seed {}", bytes.len(), Digest(seed));
    let random = |nth: u64| u64::from_be_bytes(Digest::of_parts(&[&seed, &nth.to_be_bytes()]).0[..8].try_into().unwrap());
    let one = |nth: u64| {
        let mut altered = bytes.clone();
        let at = usize::try_from(random(nth)).unwrap() % altered.len();
        altered[at] ^= 1 << (nth % 8);
        assert_eq!(verify::bundle(&altered, None).verdict, Verdict::Wrong, "byte {at} xor 1 << {}", nth % 8);
    };
    std::thread::scope(|scope| {
        for half in [0..500, 500..1_000] {
            scope.spawn(|| half.for_each(one));
        }
    });
}

/// The run that Hambaeksan's agreement rests on, as its parties and nobody else can look at it.
async fn the_run_can_be_looked_at(http: &mut Http, site: &Site, case: CaseId) {
    let mut look = async |who: &str, look: &str| {
        let token = http.token(who, "delegate").await.unwrap();
        let url = format!("{}/api/v1/cases/{case}/{look}", site.address);
        let response = reqwest::Client::new().get(url).bearer_auth(token).send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let (_, room) = look("hwaseong", "allocation").await;
    let (status, sheet) = look("ansan", "runs/june-2015/sheet").await;
    assert_eq!((status, &sheet["total"]), (200, &room["runs"]["june-2015"]["result"]["total"]));
    let (status, comparison) = look("ansan", "runs/june-2015/comparison").await;
    assert_eq!(status, 200);
    let components = comparison["components"].as_object().unwrap();
    assert!(components.values().all(|rules| rules.as_array().unwrap().len() > 1), "{components:?}");
    let agreed = &components["joint"][0]["outcome"]["shares"]["against"];
    let offered = agreed.as_object().unwrap().values().filter_map(|against| against["last_offer"]["by"]["amount"].as_str());
    assert_eq!(offered.collect::<Vec<_>>(), ["0"], "{agreed}");
    let (status, explanation) = look("ansan", "runs/june-2015/explain?lang=ko").await;
    assert_eq!(status, 200);
    let derivation = explanation["components"].as_object().unwrap().values().next().unwrap();
    assert!(derivation["common"][0]["text"].as_str().unwrap().starts_with("사업비: "), "{derivation}");
    let (status, plain) = look("ansan", "runs/june-2015/explain").await;
    assert_eq!((status, &plain["totals"]["ansan"]["text"]), (200, &Value::Null), "words are made for who asks for a language");
    assert_eq!(look("ansan", "runs/june-2015/triangle").await, (200, serde_json::json!({ "components": {} })), "five are no triangle");
    for nowhere in ["runs/june-2016/sheet", "runs/june-2015/poem", "own/runs/june-2015/sheet"] {
        assert_eq!(look("ansan", nowhere).await.0, 404, "{nowhere}");
    }
    assert_eq!(look("seoul", "runs/june-2015/sheet").await.0, 404, "Seoul is no party");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_cases_on_sqlite() {
    let site = platform::start(|_| {}).await;
    let cases = walk(&site).await;
    let mut http = Http::new(&site.address).unwrap();
    the_run_can_be_looked_at(&mut http, &site, cases[1]).await;
    for (case, party) in cases.into_iter().zip(["seoul", "hwaseong"]) {
        no_byte_can_change(&mut http, &site, case, party).await;
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_cases_on_postgresql() {
    let server = Server::start().unwrap();
    let url = server.database("cases").await.unwrap();
    let site = platform::start(|settings| settings.database.url = url).await;
    walk(&site).await;
    site.stop().await;
    server.stop();
}
