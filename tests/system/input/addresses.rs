//! Addresses, methods and parameters that are none.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::time::timeout;

use super::{command, refused};
use crate::client::Client;

/// Every address of the contract with every method it does not take, and addresses that are none.
pub(super) async fn routes(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let contract = interlocal::contract::openapi();
    let mut codes = BTreeSet::new();
    for (path, taken) in contract["paths"].as_object().unwrap() {
        let id = if path.contains("/cases/") { case } else { "seoul" };
        let path = path.replace("{case}", case).replace("{id}", id).replace("{position}", "1").replace("{digest}", &"0".repeat(64));
        let path = path.split('/').map(|part| if part.starts_with('{') { "seoul" } else { part }).collect::<Vec<_>>().join("/");
        for method in [
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
            Method::from_bytes(b"PROPFIND").unwrap(),
        ] {
            if taken.get(method.as_str().to_lowercase()).is_some() {
                continue;
            }
            let answer = client.send(client.request(method.clone(), &path).bearer_auth(&token)).await;
            assert_eq!(answer.said(), (405, "method_not_allowed".to_owned()), "{method} {path}: {}", answer.text());
            assert!(!answer.header("allow").is_empty(), "{method} {path}");
            codes.insert(refused(&answer, &path));
        }
    }
    let nowhere = "01890a5d-ac96-774b-bcce-b302099a8057";
    let paths = [
        "/api".to_owned() + "/v1",
        "/api/v2/cases".into(),
        "/api/v1/cases/".into(),
        "/index.php".into(),
        "/.git/config".into(),
        "/assets/../Cargo.toml".into(),
        "/assets/%2e%2e%2fCargo.toml".into(),
        "/problems/nonsense".into(),
        "/rules/nonsense".into(),
        "/api/v1/rules/nonsense".into(),
        format!("/{}", "x".repeat(10_000)),
        format!("/api/v1/cases/{case}/kitchen"),
        format!("/api/v1/cases/{case}/own/kitchen"),
        format!("/api/v1/cases/{case}/caucus/nowhere"),
        format!("/api/v1/cases/{nowhere}"),
        format!("/api/v1/cases/{nowhere}/entries"),
        format!("/api/v1/cases/{nowhere}/bundle"),
        format!("/api/v1/cases/{nowhere}/disputes"),
        "/api/v1/governments/nowhere".into(),
        "/api/v1/officials/nobody".into(),
        "/api/v1/procedures/none".into(),
        format!("/api/v1/documents/{}", "0".repeat(64)),
        format!("/cases/{nowhere}"),
    ];
    for path in paths {
        let answer = client.send(client.request(Method::GET, &path).bearer_auth(&token)).await;
        assert_eq!(answer.said(), (404, "not_found".to_owned()), "{path:.60}: {}", answer.text());
        codes.insert(refused(&answer, &path));
    }
    let good = command(&json!({ "negotiation": { "withdraw_offer": { "offer": 1 } } }));
    for target in
        ["kitchens/1", "cases/seoul", "governments/SEOUL", "officials/a.b", "calendar/real", "cases/*", "cases/%3E", "officials/%00"]
    {
        let answer = client.act(target, &token, "target", good.clone()).await;
        assert_eq!(answer.said(), (404, "not_found".to_owned()), "{target}: {}", answer.text());
    }
    // A command that does not go where it is sent.
    for target in ["governments/seoul", "officials/seoul-delegate", "calendar/demo"] {
        let answer = client.act(target, &token, "target", good.clone()).await;
        assert_eq!(answer.said(), (404, "access.wrong_target".to_owned()), "{target}: {}", answer.text());
        codes.insert(refused(&answer, target));
    }
    codes
}

/// Parameters that are none, and numbers beyond the end of everything.
pub(super) async fn parameters(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let case = format!("/api/v1/cases/{case}");
    let mut codes = BTreeSet::new();
    let bad = [
        ("/api/v1/cases?unknown=1", 400),
        ("/api/v1/cases?limit=-1", 400),
        ("/api/v1/cases?limit=1e3", 400),
        ("/api/v1/cases?limit=99999999999999999999", 400),
        ("/api/v1/cases?after=%00", 400),
        ("/api/v1/cases?after=nonsense", 400),
        ("/api/v1/cases?%ff=%fe", 400),
        ("/api/v1/governments?after=%E0%A4%A", 400),
        ("/api/v1/entries?from=-1", 400),
        ("/api/v1/cases/seoul", 400),
        ("/api/v1/cases/%ff", 400),
        ("/api/v1/governments/SEOUL", 400),
        ("/api/v1/officials/a.b", 400),
        ("/api/v1/documents/xyz", 400),
        ("/api/v1/ledger/inclusion/-1", 400),
        ("/api/v1/ledger/inclusion/18446744073709551616", 400),
        ("/api/v1/ledger/inclusion/18446744073709551615", 404),
        ("/api/v1/ledger/inclusion/0?size=18446744073709551615", 404),
        ("/api/v1/ledger/inclusion/18446744073709551614?size=18446744073709551615", 404),
        ("/api/v1/ledger/inclusion/0?size=0", 404),
        ("/api/v1/ledger/consistency?old=18446744073709551615&size=18446744073709551615", 404),
        ("/api/v1/ledger/consistency?old=5&size=3", 404),
        ("/api/v1/ledger/consistency", 404),
        ("/api/v1/ledger/checkpoint?size=18446744073709551615", 404),
        (&format!("{case}/diff"), 400),
        (&format!("{case}/diff?from=1"), 400),
        (&format!("{case}/diff?from=-1&to=1"), 400),
        (&format!("{case}/diff?from=0&to=4294967295"), 404),
        (&format!("{case}?at_least=18446744073709551615"), 400),
        ("/api/v1/inbox?at_least=100000", 400),
    ];
    for (path, status) in bad {
        let answer = client.get(path, &token).await;
        let code = if status == 400 { "malformed" } else { "not_found" };
        assert_eq!(answer.said(), (status, code.to_owned()), "{path}: {}", answer.text());
        codes.insert(refused(&answer, path));
    }
    // Beyond the end there is nothing, and that is an answer.
    for path in [format!("{case}/entries?from=18446744073709551615"), "/api/v1/entries?from=18446744073709551615&limit=4294967295".into()] {
        let answer = client.get(&path, &token).await;
        assert_eq!((answer.status, &answer.json()["entries"]), (200, &json!([])), "{path}: {}", answer.text());
    }
    for path in [
        "/api/v1/cases?limit=18446744073709551615",
        "/api/v1/cases?limit=0",
        "/api/v1/governments?after=official%2Fx",
        "/api/v1/cases?lang=xx",
    ] {
        assert_eq!(client.get(path, &token).await.status, 200, "{path}");
    }
    // Pages go on to the end, however short they are and whatever stands between that is in no list.
    let all = client.get("/api/v1/governments", &token).await.json();
    let (mut one_by_one, mut after) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/api/v1/governments?limit=1&after={}", after.replace('/', "%2F")), &token).await.json();
        let Some(row) = page.get(0).cloned() else { break };
        row["stream"].as_str().unwrap().clone_into(&mut after);
        one_by_one.push(row);
    }
    assert_eq!(json!(one_by_one), all, "the register, one by one");
    // The live stream resumes after the last position there can be, too.
    let request = client.request(Method::GET, "/api/v1/live").bearer_auth(&token).header("Last-Event-ID", "18446744073709551615");
    let live = timeout(Duration::from_secs(5), request.send()).await.unwrap().unwrap();
    assert_eq!(live.status().as_u16(), 200, "it waits for what never comes");
    codes
}
