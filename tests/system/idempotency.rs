//! The same act asked twice happens once, whatever lies between; different acts that exclude each other do not both happen.

use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Client, guro_until, play};
use crate::platform;

const SEOUL: (&str, &str) = ("seoul", "delegate");

struct Case {
    client: Client,
    target: String,
}

impl Case {
    async fn act(&self, (government, role): (&str, &str), key: &str, command: &Value) -> Answer {
        let token = self.client.token(government, role).await;
        self.client.act(&self.target, &token, key, json!({ "command": command }).to_string()).await
    }
}

fn fact(name: &str, estimated_by: &str) -> Value {
    let value = json!({ "money": { "amount": "1", "currency": "KRW" } });
    json!({ "negotiation": { "state_fact": {
        "fact": name, "names": { "en": name, "ko": name }, "value": value, "estimated_by": estimated_by, "estimated_on": "1999-05-31",
    } } })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_happens_once() {
    let site = platform::start(|_| {}).await;
    let stage = play(&site, "idempotency", &guro_until("# Seoul's delegate would accept.")).await;
    let case = Case { client: Client::new(&site), target: format!("cases/{}", stage.case()) };
    case.client.quiet().await;

    the_same_key_gets_the_same_answer(&case).await;
    a_refusal_is_not_remembered(&case).await;
    sixty_four_with_one_key(&case).await;
    sixty_four_with_one_key_and_two_bodies(&case).await;
    sixty_four_accept_one_offer(&case).await;

    let before = case.act(SEOUL, "kept", &fact("kept", "Seoul")).await;
    let token = case.client.token("seoul", "delegate").await;
    let head = case.client.quiet().await;
    let settings = site.settings.clone();
    let site = platform::start_in(site.stop().await, settings).await;
    let case = Case { client: Client::new(&site), ..case };
    assert_eq!(case.client.quiet().await, head, "a restart adds nothing");
    after_a_restart(&case, &before, &token).await;
    site.stop().await;
}

async fn the_same_key_gets_the_same_answer(case: &Case) {
    let before = case.client.head().await;
    let first = case.act(SEOUL, "once", &fact("once", "Seoul")).await;
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(case.act(SEOUL, "once", &fact("once", "Seoul")).await.body, first.body, "the same receipt, byte for byte");
    // A command is what it says, not how it is spelt.
    let token = case.client.token("seoul", "delegate").await;
    let spelt = format!(" {{ \"command\" : {} }} ", fact("once", "Seoul").to_string().replace("Seoul", "\\u0053eoul"));
    assert_eq!(case.client.act(&case.target, &token, "once", spelt).await.body, first.body, "other spaces, the same command");
    assert_eq!(case.client.head().await, before + 1, "recorded once");

    for other in [fact("once", "Guro"), fact("other", "Seoul"), json!({ "negotiation": { "withdraw_offer": { "offer": 1 } } })] {
        let answer = case.act(SEOUL, "once", &other).await;
        answer.assert_problem("another body");
        assert_eq!(answer.said(), (422, "key_reused".to_owned()), "{other}");
    }
    assert_eq!(case.client.head().await, before + 1, "nothing came of it");
    // A key is its owner's: another official's act under the same words is another act.
    assert_eq!(case.act(("guro", "delegate"), "once", &fact("of-guro", "Guro")).await.status, 200);
}

async fn a_refusal_is_not_remembered(case: &Case) {
    let position = json!({ "negotiation": { "take_position": { "fact": "later", "position": "accepts" } } });
    let before = case.client.head().await;
    for _ in 0..2 {
        let refused = case.act(("gyeonggi", "delegate"), "early", &position).await;
        assert_eq!(refused.said(), (409, "negotiation.unknown_fact".to_owned()), "{}", refused.text());
    }
    assert_eq!(case.client.head().await, before, "a refusal is not recorded");
    assert_eq!(case.act(SEOUL, "later", &fact("later", "Seoul")).await.status, 200);
    let accepted = case.act(("gyeonggi", "delegate"), "early", &position).await;
    assert_eq!(accepted.status, 200, "the same key, now that the rules allow it: {}", accepted.text());
    assert_eq!(case.act(("gyeonggi", "delegate"), "early", &position).await.body, accepted.body);
}

/// So many act at once, each from its own connection if it likes.
async fn at_once(case: &Case, who: (&str, &str), acts: impl Iterator<Item = (String, Value)>) -> Vec<Answer> {
    let token = case.client.token(who.0, who.1).await;
    let acts: Vec<_> = acts.map(|(key, command)| (format!("many {key}"), json!({ "command": command }).to_string())).collect();
    join_all(acts.iter().map(|(key, body)| case.client.act(&case.target, &token, key, body.clone()))).await
}

async fn sixty_four_with_one_key(case: &Case) {
    let before = case.client.head().await;
    let answers = at_once(case, SEOUL, (0..64).map(|_| ("same".to_owned(), fact("raced", "Seoul")))).await;
    for answer in &answers {
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.body, answers[0].body, "one receipt for all");
    }
    assert_eq!(case.client.head().await, before + 1, "64 clients, one key: one entry");
}

async fn sixty_four_with_one_key_and_two_bodies(case: &Case) {
    let before = case.client.head().await;
    let body = |n: usize| fact("contested", if n.is_multiple_of(2) { "Seoul" } else { "Guro" });
    let answers = at_once(case, SEOUL, (0..64).map(|n| ("two".to_owned(), body(n)))).await;
    let accepted: Vec<usize> = (0..64).filter(|n| answers[*n].status == 200).collect();
    assert_eq!(accepted.len(), 32, "one of the two bodies was first");
    assert!(accepted.iter().all(|n| n % 2 == accepted[0] % 2), "{accepted:?}");
    assert!(answers.iter().filter(|a| a.status != 200).all(|a| a.said() == (422, "key_reused".to_owned())));
    assert_eq!(case.client.head().await, before + 1);
}

async fn sixty_four_accept_one_offer(case: &Case) {
    let (id, mandate) = (case.target.trim_start_matches("cases/"), Uuid::from_u128(7));
    let head = case.client.token("seoul", "signatory").await;
    let granted = json!({ "command": { "registry": { "grant_mandate": { "government": "seoul", "mandate": {
        "mandate": mandate, "case": id, "delegate": "seoul-delegate", "scope": "all", "until": "2000-12-31", "legal_basis": "x",
    } } } } });
    let granted = case.client.act("governments/seoul", &head, "wider", granted.to_string()).await;
    assert_eq!(granted.status, 200, "{}", granted.text());

    let before = case.client.head().await;
    let accept = json!({ "negotiation": { "accept_offer": { "offer": 2, "mandate": mandate } } });
    let answers = at_once(case, SEOUL, (0..64).map(|n| (n.to_string(), accept.clone()))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1, "{:?}", answers.iter().map(Answer::said).collect::<Vec<_>>());
    for refused in answers.iter().filter(|a| a.status != 200) {
        assert_eq!(refused.said(), (409, "negotiation.offer_closed".to_owned()), "{}", refused.text());
        assert_eq!(refused.json()["params"], json!({ "offer": 2, "state": "agreed" }));
    }
    assert_eq!(case.client.head().await, before + 1, "64 acts that exclude each other: one entry");
}

async fn after_a_restart(case: &Case, before: &Answer, token: &str) {
    let body = |command: &Value| json!({ "command": command }).to_string();
    let again = case.client.act(&case.target, token, "kept", body(&fact("kept", "Seoul"))).await;
    assert_eq!(again.status, 200, "a token outlives a restart: {}", again.text());
    assert_eq!(again.body, before.body, "the same receipt after a restart");
    let other = case.client.act(&case.target, token, "kept", body(&fact("kept", "Guro"))).await;
    assert_eq!(other.said(), (422, "key_reused".to_owned()), "another body after a restart");
    assert_eq!(case.act(SEOUL, "new", &fact("new", "Seoul")).await.status, 200, "and the case goes on");
}
