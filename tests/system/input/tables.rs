//! Tables over HTTP: what is read, and that whatever is sent is answered.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use super::refused;
use crate::client::Client;

/// The same table, and everything that is none.
pub(super) async fn tables(client: &Client) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let post = async |address: &str, kind: &str, body: &[u8]| {
        let request = client.request(Method::POST, &format!("/api/v1/tables/{address}"));
        client.send(request.bearer_auth(&token).header("Content-Type", kind).body(body.to_vec())).await
    };
    let costs = "coalitions?members=seoul+guro&currency=KRW";
    let read = post(costs, "text/csv; charset=utf-8", "조합,비용\nseoul,\"1,000\"\nguro,2000\n".as_bytes()).await;
    assert_eq!(read.status, 200, "{}", read.text());
    let won = |amount: &str| json!({ "amount": amount, "currency": "KRW" });
    assert_eq!(read.json(), json!({ "listed": { "guro": won("2000"), "seoul": won("1000") } }));
    let figures = "figures?members=seoul%2Bguro";
    let read = post(figures, "text/csv", b"seoul,9.5\nguro,1\n").await;
    assert_eq!(read.json(), json!({ "guro": "1", "seoul": "9.5" }), "{}", read.text());
    let partial = post(&format!("{costs}&partial=true"), "text/csv", b"seoul,1\n").await;
    assert_eq!(partial.status, 200, "{}", partial.text());

    let faulty = post(costs, "text/csv", b"seoul;1.234,5\n").await;
    assert_eq!(faulty.json()["params"]["faults"][0], json!({ "separator": { "at": "B1", "text": "1.234,5" } }));
    let xlsx = gateway::workbook::XLSX;
    let bad = [
        ("faults", faulty, 422),
        ("a picture", post(costs, "image/png", b"x").await, 422),
        ("no workbook", post(costs, xlsx, b"seoul,1\n").await, 422),
        ("half a workbook", post(costs, xlsx, b"PK\x03\x04").await, 422),
        ("nothing", post(figures, "text/csv", b"").await, 422),
        ("no members", post("coalitions?members=&currency=KRW", "text/csv", b"a,1").await, 400),
        ("members that are none", post("figures?members=%C3%84", "text/csv", b"a,1").await, 400),
        ("no currency", post("coalitions?members=seoul", "text/csv", b"a,1").await, 400),
        ("too long", post(figures, "text/csv", "1".repeat(300_001).as_bytes()).await, 413),
    ];
    let mut codes = BTreeSet::new();
    for (what, answer, status) in bad {
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        codes.insert(refused(&answer, what));
    }
    let nobody = client.send(client.request(Method::POST, &format!("/api/v1/tables/{figures}")).body("x")).await;
    assert_eq!(nobody.status, 401, "{}", nobody.text());
    codes
}
