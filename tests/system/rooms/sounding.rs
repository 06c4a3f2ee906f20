//! Soundings: one party is sounded out on a package and answers in words, through forms; nobody but the two learns of it anywhere.

use serde_json::json;

use crate::client::{Client, guro_until, play};
use crate::person::Person;
use crate::platform;

const SCRIPT: &str = "<script>alert(1)</script>";
/// Words and an amount that stand in the soundings of this test alone.
const MARKS: [&str; 5] = ["CANARY-ASK", "CANARY-ANSWER", "4,000,000,077", "4000000077", "sounding/seoul/gwangmyeong"];

struct Table {
    client: Client,
    case: String,
    /// Its address.
    path: String,
    seoul: Person,
    gwangmyeong: Person,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sounding_stays_between_two() {
    let site = platform::start(|_| {}).await;
    let stage = play(&site, "sounding", &guro_until("# Seoul's delegate would accept.")).await;
    let client = Client::new(&site);
    let case = stage.case().to_string();
    let table = Table {
        path: format!("/cases/{case}/table"),
        seoul: Person::of(&client, "seoul", "delegate").await,
        gwangmyeong: Person::of(&client, "gwangmyeong", "delegate").await,
        case,
        client,
    };
    sounded_out(&table).await;
    answered(&table).await;
    made_an_offer_of(&table).await;
    nobody_else_learns_of_it(&table).await;
    in_no_bundle(&table).await;
    taken_back(&table).await;
    site.stop().await;
}

async fn sounded_out(table: &Table) {
    let Table { seoul, gwangmyeong, path, .. } = table;
    assert!(seoul.page(path).await.contains("None yet. Where you make an offer"));
    let form = format!("{path}/new?to=2");
    let words = format!("CANARY-ASK would it do? {SCRIPT}");
    let nobody = seoul.submit(&form, "write", &[("value-resident-support", "4,000,000,077"), ("words", &words), ("act", "sound")]).await;
    let page = nobody.text();
    assert_eq!(nobody.status, 422, "{page}");
    assert!(
        page.contains("Choose whom to sound out.") && page.contains("value=\"4,000,000,077\"") && page.contains("CANARY-ASK"),
        "{page}"
    );
    assert!(!page.contains(SCRIPT), "{page}");
    let fields = [("value-resident-support", "4,000,000,077"), ("whom", "gwangmyeong"), ("words", words.as_str()), ("act", "sound")];
    let page = seoul.does(&form, "write", &fields).await;
    for said in ["To Gwangmyeong City", "waits for an answer", "KRW 4,000,000,077", "CANARY-ASK would it do? &#60;script&#62;"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let page = gwangmyeong.page(path).await;
    for said in ["From Seoul", "1 to answer", "KRW 4,000,000,077", "CANARY-ASK would it do? &#60;script&#62;"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains(SCRIPT), "{page}");

    let clerk = Person::of(&table.client, "seoul", "clerk").await;
    assert!(clerk.page(path).await.contains("CANARY-ASK"), "it is of Seoul, not of one person");
    let forged = clerk.forge(&format!("{path}/offer"), &fields).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
}

async fn answered(table: &Table) {
    let Table { seoul, gwangmyeong, path, .. } = table;
    let form = "answer-seoul-gwangmyeong-1";
    let (answer, clerk) = (format!("{path}/answer-sounding"), Person::of(&table.client, "gwangmyeong", "clerk").await);
    let guro = Person::of(&table.client, "guro", "delegate").await;
    let fields = [("from", "seoul"), ("whom", "gwangmyeong"), ("sounding", "1"), ("text", "CANARY-FORGED")];
    assert!(!clerk.is_offered(path, form).await && !seoul.is_offered(path, form).await && !guro.is_offered(path, form).await);
    for (who, person, status) in [("a clerk", &clerk, 403), ("the author", seoul, 409), ("guro", &guro, 409)] {
        let forged = person.forge(&answer, &fields).await;
        assert_eq!(forged.status, status, "{who}: {}", forged.text());
    }
    let unread = gwangmyeong.forge(&answer, &[("from", "seoul"), ("whom", "gwangmyeong"), ("sounding", "first"), ("text", "x")]).await;
    assert!(unread.status == 422 && unread.text().contains("cannot be read"), "{}", unread.text());
    let empty = gwangmyeong.submit(path, form, &[("text", "  ")]).await;
    assert_eq!(empty.status, 409, "{}", empty.text());
    assert!(empty.text().contains("<details open>"), "the form is shown open: {}", empty.text());
    let page = gwangmyeong.does(path, form, &[("text", &format!("CANARY-ANSWER hardly {SCRIPT}"))]).await;
    assert!(page.contains("CANARY-ANSWER hardly &#60;script&#62;") && !page.contains("to answer") && !page.contains(SCRIPT), "{page}");
    assert!(!gwangmyeong.is_offered(path, form).await, "once");
    let page = seoul.page(path).await;
    assert!(page.contains("CANARY-ANSWER hardly &#60;script&#62;") && !page.contains("CANARY-FORGED"), "{page}");
    let again = gwangmyeong.forge(&answer, &fields).await;
    assert!(again.status == 409 && again.text().contains("Sounding 1 is answered already"), "{}", again.text());
}

/// What was sounded out stands in the form, for the two alone.
async fn made_an_offer_of(table: &Table) {
    let href = format!("{}/new?from=seoul&whom=gwangmyeong&sounding=1", table.path);
    for person in [&table.seoul, &table.gwangmyeong] {
        assert!(person.page(&table.path).await.contains(&href.replace('&', "&#38;")), "the way there is offered");
        assert!(person.page(&href).await.contains("value=\"4,000,000,077\""));
    }
    let guro = Person::of(&table.client, "guro", "delegate").await;
    assert!(!guro.page(&href).await.contains("4,000,000,077"));
    for bad in ["from=seoul&whom=gwangmyeong&sounding=7", "from=%3C&whom=x&sounding=-1", "sounding=1"] {
        table.seoul.page(&format!("{}/new?{bad}", table.path)).await;
    }
}

async fn nobody_else_learns_of_it(table: &Table) {
    let case = &table.case;
    let pages = ["/table", "/record", "", "/record?kinds=negotiation", "/record?text=CANARY"].map(|room| format!("/cases/{case}{room}"));
    let read = |prefix: &str| format!("/api/v1/cases/{case}/{prefix}");
    let api = [
        read("soundings/seoul/gwangmyeong"),
        read("soundings/gwangmyeong/seoul"),
        read("negotiation"),
        read("own/negotiation"),
        read("moves"),
        read("entries?back=true&from=1000000&limit=200"),
        read("entries?text=canary&limit=200"),
        "/api/v1/entries?text=canary&limit=200".to_owned(),
    ];
    for (body, role) in
        [("guro", "delegate"), ("guro", "signatory"), ("gyeonggi", "delegate"), ("gyeonggi", "mediator"), ("gyeonggi", "auditor")]
    {
        let person = Person::of(&table.client, body, role).await;
        for path in pages.iter().map(String::as_str).chain(["/", "/audit"]) {
            silent(&format!("{body} {role} at {path}"), &person.look(path).await.text());
        }
        let token = table.client.token(body, role).await;
        for path in &api {
            silent(&format!("{body} {role} at {path}"), &table.client.get(path, &token).await.text());
        }
        assert_eq!(table.client.get(&api[0], &token).await.status, 404, "{body} {role}");
        silent(&format!("the live stream of {body} {role}"), &table.client.live(&token).await);
    }
    for body in ["seoul", "gwangmyeong"] {
        let token = table.client.token(body, "delegate").await;
        let found = table.client.get(&api[0], &token).await;
        assert_eq!(found.json()["soundings"]["1"]["answer"]["text"], json!(format!("CANARY-ANSWER hardly {SCRIPT}")), "{}", found.text());
        for path in [&api[5], &api[6], &api[7]] {
            assert!(table.client.get(path, &token).await.text().contains("CANARY-ANSWER"), "{body} finds it at {path}");
        }
        assert!(table.client.live(&token).await.contains("CANARY-ANSWER"));
        // What the two themselves are told of the case as such knows nothing of it either.
        for path in [&api[2], &api[4]] {
            silent(&format!("{body} at {path}"), &table.client.get(path, &token).await.text());
        }
        let record = format!("/cases/{case}/record?text=CANARY");
        let page = if body == "seoul" { table.seoul.page(&record).await } else { table.gwangmyeong.page(&record).await };
        assert!(page.contains("sounded Gwangmyeong City out in confidence") && !page.contains(SCRIPT), "{page}");
    }
}

fn silent(place: &str, shown: &str) {
    let told: Vec<_> = MARKS.iter().filter(|mark| shown.contains(*mark)).collect();
    assert!(told.is_empty(), "{place} tells {told:?}");
}

/// Not even that there is one.
async fn in_no_bundle(table: &Table) {
    for body in ["seoul", "gwangmyeong", "guro"] {
        let token = table.client.token(body, "delegate").await;
        let bundle = table.client.get(&format!("/api/v1/cases/{}/bundle", table.case), &token).await;
        assert_eq!(bundle.status, 200, "{}", bundle.text());
        assert!(bundle.text().contains(&format!("case/{}/gwangmyeong", table.case)), "a draft is in it, sealed");
        silent(&format!("the bundle for {body}"), &bundle.text());
        assert!(!bundle.text().contains("/sounding/"), "{body}");
    }
}

async fn taken_back(table: &Table) {
    let Table { seoul, gwangmyeong, path, .. } = table;
    let form = "withdraw-seoul-gwangmyeong-1";
    assert!(!gwangmyeong.is_offered(path, form).await);
    let forged =
        gwangmyeong.forge(&format!("{path}/withdraw-sounding"), &[("from", "seoul"), ("whom", "gwangmyeong"), ("sounding", "1")]).await;
    assert_eq!(forged.status, 409, "{}", forged.text());
    let page = seoul.does(path, form, &[]).await;
    assert!(page.contains("taken back"), "{page}");
    assert!(!seoul.is_offered(path, form).await);
    assert!(gwangmyeong.page(path).await.contains("taken back"));
}
