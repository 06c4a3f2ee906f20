//! Numbers that nobody means, and numbers that cannot be recorded.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{command, refused};
use crate::client::Client;

/// Numbers that nobody means, from people who may ask: the rules say no, or the number is none.
pub(super) async fn absurd_numbers(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let nobody = "01890a5d-ac96-774b-bcce-b302099a8057";
    let offer =
        |value: Value| json!({ "negotiation": { "table_offer": { "package": { "terms": { "total": value } }, "mandate": nobody } } });
    let won = |amount: &str| json!({ "money": { "amount": amount, "currency": "KRW" } });
    let most = "79228162514264337593543950335";
    let mut commands: Vec<Value> =
        [most, &format!("-{most}"), "-1", "0", "0.0000000000000000000000000001", "1e999", &"9".repeat(400), "∞", " 1", "١"]
            .map(|amount| offer(won(amount)))
            .to_vec();
    commands.extend(
        [
            json!({ "share": "101" }),
            json!({ "share": "-0.1" }),
            json!({ "share": most }),
            json!({ "quantity": { "amount": most, "unit": "t" } }),
        ]
        .map(offer),
    );
    for day in ["9999-12-31", "-009999-01-01", "2000-02-30", "10000-01-01", "0000-00-00"] {
        commands.push(json!({ "negotiation": { "table_offer": {
            "package": { "terms": { "total": won("1") } }, "mandate": nobody, "expires": { "on": day, "zone": "Asia/Seoul" },
        } } }));
    }
    for number in [0_u64, 4_294_967_295, 4_294_967_296, u64::MAX] {
        commands.push(json!({ "negotiation": { "accept_offer": { "offer": number, "mandate": nobody } } }));
        commands.push(json!({ "mediation": { "send_note": { "dispute": number, "caucus": "seoul", "text": "x" } } }));
    }
    commands.extend(models(most));
    let mut codes = BTreeSet::new();
    for (n, absurd) in commands.iter().enumerate() {
        let answer = client.act(&format!("cases/{case}"), &token, &format!("absurd {n}"), command(absurd)).await;
        codes.insert(refused(&answer, &absurd.to_string()));
    }
    let administrator = client.token("interlocal-office", "administrator").await;
    for to in ["9999-12-30T22:00:00Z", "-009999-01-02T01:59:59Z", "1970-01-01T00:00:00Z", "253402207200"] {
        let set = json!({ "calendar": { "set_calendar": { "to": to } } });
        codes.insert(refused(&client.act("calendar/demo", &administrator, to, command(&set)).await, to));
    }
    codes.extend(unsayable_numbers(client, case, &administrator).await);
    codes
}

/// What canonical JSON cannot say exactly would be recorded as another number, or as one that nobody can read again.
async fn unsayable_numbers(client: &Client, case: &str, administrator: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let too_many = 1_u64 << 53;
    for (year, persons) in [(i64::from(i16::MAX), 1), (40_000, 1), (1998, too_many), (1998, u64::MAX)] {
        let population = json!({ "year": year, "persons": persons, "source": "x" });
        let record = json!({ "registry": { "record_population": { "government": "seoul", "population": population } } });
        let answer = client.act("governments/seoul", administrator, &format!("{year} {persons}"), command(&record)).await;
        codes.insert(refused(&answer, &record.to_string()));
    }
    let approver = client.token("gyeonggi", "approver").await;
    for size in [too_many, u64::MAX] {
        let evidence = json!({ "digest": "0".repeat(64), "media_type": "text/plain", "size": size });
        let record = json!({ "approvals": { "record_step": { "step": { "step": "draft" }, "done": "drafted" } } });
        let body = json!({ "command": record, "occurred": { "on": "1999-11-12", "evidence": [evidence] } }).to_string();
        let answer = client.act(&format!("cases/{case}"), &approver, &size.to_string(), body).await;
        assert_eq!(answer.said(), (400, "malformed".to_owned()), "{}", answer.text());
    }
    codes
}

/// Models that cannot be computed, or must not be: too large, too many, weighing nothing.
fn models(most: &str) -> Vec<Value> {
    let won = |amount: &str| json!({ "amount": amount, "currency": "KRW" });
    let names = json!({ "en": "x", "ko": "x" });
    let model = |cost: &str, members: Vec<String>, rule: Value, grant: Option<&str>| {
        // A rule for coalitions comes with what these would pay.
        let (rule, costs) = match rule {
            Value::Array(pair) => (pair[0].clone(), json!({ "listed": pair[1] })),
            plain => (plain, Value::Null),
        };
        let grants: Vec<Value> =
            grant.into_iter().map(|percent| json!({ "from": "x", "amount": { "rate": { "percent": percent } } })).collect();
        let component = json!({ "names": names, "cost": won(cost), "members": members, "rule": rule, "costs": costs, "grants": grants });
        let driver =
            |value: &str| json!({ "names": names, "unit": "x", "year": 2000, "source": "x", "values": { "guro": value, "seoul": value } });
        let drivers = json!({ "nothing": driver("0"), "below": driver("-1"), "most": driver(most) });
        json!({ "allocation": { "table_run": { "run": "absurd", "model": { "currency": "KRW", "components": { "c": component }, "drivers": drivers } } } })
    };
    let two = || vec!["guro".to_owned(), "seoul".to_owned()];
    let many = || (0..60).map(|n| format!("city-{n}")).collect::<Vec<_>>();
    vec![
        model(most, two(), json!("equal"), None),
        model("-1", two(), json!("equal"), None),
        model("0.5", two(), json!("equal"), None),
        model("1", two(), json!("equal"), Some("-1")),
        model("1", two(), json!("equal"), Some("100.0000000000000000000000001")),
        model("1", Vec::new(), json!("equal"), None),
        model("1", two(), json!({ "driver": "nothing" }), None),
        model("1", two(), json!({ "driver": "below" }), None),
        model("1", two(), json!({ "mix": [{ "percent": most }, { "percent": most }] }), None),
        model("1", two(), json!({ "fixed": { "guro": won("-1"), "seoul": won("2") } }), None),
        model("1", many(), json!(["shapley", {}]), None),
        model("1", many(), json!(["nucleolus", { "city-0": won("1") }]), None),
        model("1", two(), json!(["scrb", { "guro+seoul+guro": won("1") }]), None),
    ]
}
