//! Facts and text, by the forms of their rooms: figures and positions, questions and answers between the parties, clauses and comments, initialling.

use async_nats::HeaderMap;
use proto::actor::Service;
use proto::wire;
use serde_json::{Value, json};

use crate::client::{Client, guro_until, play, play_on};
use crate::person::{Person, from_here};
use crate::platform::{self, Site};

const SCRIPT: &str = "<script>alert(1)</script>";
const ESCAPED: &str = "&#60;script&#62;alert(1)";

fn is_escaped(page: &str) {
    assert!(page.contains(ESCAPED) && !page.contains(SCRIPT), "{page}");
}

/// A form that came back: why, and what was typed.
async fn comes_back(person: &Person, path: &str, form: &str, fields: &[(&str, &str)], says: &[&str]) {
    let answer = person.submit(path, form, fields).await;
    let page = answer.text();
    assert!([409, 422].contains(&answer.status) && page.contains("role=\"alert\""), "{form}: {} {page}", answer.status);
    for said in says {
        assert!(page.contains(said), "{form} comes back with `{said}`: {page}");
    }
    assert!(!page.contains(SCRIPT), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_and_questions_by_forms() {
    let site = platform::start(|_| {}).await;
    let mut stage = play(&site, "facts", &guro_until("## Terms and text")).await;
    let client = Client::new(&site);
    let case = format!("/cases/{}", stage.case());
    let room = format!("{case}/facts");
    let seoul = Person::of(&client, "seoul", "delegate").await;
    let gwangmyeong = Person::of(&client, "gwangmyeong", "delegate").await;
    figures(&client, &room, &seoul, &gwangmyeong).await;
    questions(&client, &room, &seoul, &gwangmyeong).await;
    play_on(&mut stage, "date 1999-07-15").await;
    client.quiet().await;
    let page = gwangmyeong.page(&room).await;
    assert!(page.contains("overdue"), "a clock that has run out is seen: {page}");
    gwangmyeong.does(&room, "answer-3", &[("has", "no"), ("answer", "The operator has it")]).await;
    client.quiet().await;
    let page = seoul.page(&room).await;
    assert!(page.contains("does not have it") && page.contains("answered late") && page.contains("The operator has it"), "{page}");
    let stranger = Person::of(&client, "hwaseong", "delegate").await;
    let answer = stranger.look(&room).await;
    assert!(answer.status == 404 && !answer.text().contains("CANARY"), "{}", answer.text());
    site.stop().await;
}

async fn figures(client: &Client, room: &str, seoul: &Person, gwangmyeong: &Person) {
    let page = gwangmyeong.page(room).await;
    assert!(page.contains("Estimates differ: KRW 41,000 million to KRW 63,000 million (1.5 times)"), "{page}");
    let named = format!("Ash {SCRIPT}");
    let fields =
        [("ko", "소각재"), ("en", &named), ("kind", "quantity"), ("value", "about 15"), ("unit", "t/day"), ("estimated_by", &named)];
    let dated = [&fields[..], &[("estimated_on", "1999-06-01")]].concat();
    comes_back(gwangmyeong, room, "state", &dated, &["Figure: “about 15” is no number", "value=\"about 15\"", "value=\"소각재\"", ESCAPED])
        .await;
    comes_back(gwangmyeong, room, "state", &fields, &["Estimated on is missing", "value=\"t/day\""]).await;
    let right = [&dated[..3], &[("value", "15.5"), ("source", &named)], &dated[4..]].concat();
    let page = gwangmyeong.does(room, "state", &right).await;
    assert!(page.contains("15.5 t/day") && page.contains("put it on record"), "{page}");
    is_escaped(&page);

    client.quiet().await;
    let position = "position-figure-1";
    comes_back(seoul, room, position, &[("position", "disputes"), ("own", "many")], &["Our figure: “many” is no number", "value=\"many\""])
        .await;
    comes_back(seoul, room, position, &[], &["Position is missing"]).await;
    comes_back(seoul, room, position, &[("position", "accepts"), ("own", "20")], &["the position is not “dispute”", "value=\"20\""]).await;
    let page = seoul.does(room, position, &[("position", "disputes"), ("own", "20")]).await;
    assert!(page.contains("20 t/day") && page.contains("Estimates differ: 15.5 t/day to 20 t/day"), "{page}");
    comes_back(seoul, room, position, &[("position", "disputes"), ("own", "20")], &["stands like this already"]).await;

    let clerk = Person::of(client, "seoul", "clerk").await;
    assert!(!clerk.is_offered(room, "state").await && !clerk.is_offered(room, position).await);
    let forged = clerk.forge(&format!("{room}/position"), &[("fact", "figure-1"), ("position", "accepts")]).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
    let mangled = seoul.forge(&format!("{room}/position"), &[("fact", "No Such"), ("position", "accepts")]).await;
    assert_eq!(mangled.status, 422, "{}", mangled.text());

    // A form is one act: with other contents it is told so, and comes back as a new one.
    let key = seoul.key(room).await;
    let again = async |position| {
        let fields = [("fact", "figure-1"), ("position", position), ("form", key.as_str())];
        client.send(from_here(client, seoul.post(&format!("{room}/position"), &fields))).await
    };
    assert_eq!(again("no_data").await.status, 303);
    let other = again("accepts").await;
    assert!(other.status == 422 && other.text().contains("This form was sent before"), "{}: {}", other.status, other.text());
    assert!(!other.text().contains(&format!("value=\"{key}\"")), "the next act has a key of its own");
    let loaded = seoul.look(&format!("{room}/position")).await;
    assert_eq!((loaded.status, loaded.header("location")), (303, room), "loading a form's address leads to its page");
}

async fn questions(client: &Client, room: &str, seoul: &Person, gwangmyeong: &Person) {
    let page = seoul.page(room).await;
    assert!(page.contains("How much waste does Gwangmyeong itself burn") && page.contains("About 150 t of the 300 t"), "{page}");
    let question = format!("CANARY How much ash? {SCRIPT}");
    let asked = |due: &'static str| [("to", "gwangmyeong"), ("question", question.as_str()), ("due", due)];
    comes_back(seoul, room, "ask", &asked("soon"), &["is no day", "value=\"soon\"", "CANARY How much ash?"]).await;
    comes_back(seoul, room, "ask", &asked("1999-01-01"), &["deadline has passed", "CANARY How much ash?"]).await;
    comes_back(seoul, room, "ask", &[("to", "gwangmyeong"), ("question", " ")], &["is missing"]).await;
    let page = seoul.does(room, "ask", &asked("1999-06-30")).await;
    assert!(page.contains("Request 2") && page.contains("30 days left") && !page.contains("id=\"answer-2\""), "{page}");
    is_escaped(&page);
    seoul.does(room, "ask", &asked("1999-06-30")).await;

    client.quiet().await;
    let guro = Person::of(client, "guro", "delegate").await;
    assert!(!guro.is_offered(room, "answer-2").await);
    let answer = [("request", "2"), ("has", "yes"), ("answer", "15 t")];
    let forged = guro.forge_parcel(&format!("{room}/answer"), &answer).await;
    assert!(forged.status == 409 && forged.text().contains("role=\"alert\""), "{}: {}", forged.status, forged.text());
    let approver = Person::of(client, "gwangmyeong", "approver").await;
    assert!(!approver.is_offered(room, "answer-2").await && !approver.is_offered(room, "ask").await);
    assert_eq!(approver.forge_parcel(&format!("{room}/answer"), &answer).await.status, 403);

    let clerk = Person::of(client, "gwangmyeong", "clerk").await;
    let home = clerk.page(room).await;
    assert!(home.contains("Answer information request 2"), "it is the clerk's move too: {home}");
    let text = [("has", "yes"), ("answer", "15 t a day, weighed")];
    let other = clerk.upload(room, "answer-2", &text, &[("documents", "page.html", b"<script>")]).await;
    assert!(other.status == 422 && other.text().contains("15 t a day, weighed"), "{}", other.text());
    let done = clerk.upload(room, "answer-2", &text, &[("documents", "weights.pdf", b"%PDF-1.7 weights")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    client.quiet().await;
    let page = seoul.page(room).await;
    assert!(page.contains("15 t a day, weighed") && page.contains("PDF document"), "{page}");
    let again = gwangmyeong.forge_parcel(&format!("{room}/answer"), &answer).await;
    assert!(again.status == 409 && again.text().contains("is answered already"), "{}", again.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_text_by_forms() {
    let site = platform::start(|_| {}).await;
    let client = Client::new(&site);
    let own = guro_until("## Mediation: a dispute on one term")
        .replace("remark(\"Resident support is what our residents judge us by.\")", "{remark: \"CANARY-OWN\", disclosure: own}");
    let stage = play(&site, "text", &own).await;
    let case = format!("/cases/{}", stage.case());
    let room = format!("{case}/text");
    let guro = Person::of(&client, "guro", "delegate").await;
    let seoul = Person::of(&client, "seoul", "delegate").await;
    writes(&client, &room, &guro, &seoul).await;
    says(&client, &room, &guro, &seoul).await;
    remarks_are_told_to_whom_they_are_for(&site, &client, &stage.case().to_string()).await;
    site.stop().await;
    let site = platform::start(|_| {}).await;
    let ready = play(&site, "ready", &guro_until("# All four initial the same three digests")).await;
    initials(&Client::new(&site), &format!("/cases/{}/text", ready.case())).await;
    site.stop().await;
}

async fn writes(client: &Client, room: &str, guro: &Person, seoul: &Person) {
    let page = guro.page(room).await;
    assert!(page.contains("Article 4") && page.contains("Alternative 2") && page.contains("<del>") && page.contains("<ins>"), "{page}");
    assert!(page.contains("Terms and clauses") || page.contains("What stands in the way"), "{page}");
    let heading = format!("Ash {SCRIPT}");
    let typed = [("heading_en", heading.as_str()), ("terms", "total"), ("ko", " ")];
    comes_back(guro, room, "add", &typed, &["The wording is missing", ESCAPED, "value=\"total\" checked"]).await;
    let wording = format!("Guro takes the ash. {SCRIPT}");
    let page = guro.does(room, "add", &[("heading_en", &heading), ("terms", "total"), ("en", &wording)]).await;
    assert!(page.contains("Article 5") && page.contains("in English only"), "{page}");
    is_escaped(&page);

    client.quiet().await;
    comes_back(seoul, room, "propose-article-5-1", &[("en", ""), ("ko", "")], &["The wording is missing"]).await;
    comes_back(seoul, room, "propose-article-5-1", &[], &["stands like this already", "Guro takes the ash."]).await;
    let page = seoul.does(room, "propose-article-5-1", &[("en", "Gwangmyeong takes the ash.")]).await;
    assert!(page.contains("Gwangmyeong</ins> takes the ash."), "{page}");
    client.quiet().await;
    let page = guro.does(room, "support-article-5-2", &[]).await;
    assert!(!page.contains("id=\"support-article-5-1\""), "one wording is left, and Guro stands behind it: {page}");
    let page = guro.does(room, "reserve-article-5", &[]).await;
    assert!(page.contains("Position reserved: Guro District") && !page.contains("id=\"reserve-article-5\""), "{page}");

    let clerk = Person::of(client, "guro", "clerk").await;
    for form in ["add", "propose-article-5-1", "support-article-5-1", "reserve-article-5", "initial"] {
        assert!(!clerk.is_offered(room, form).await, "{form}");
    }
    let forged = clerk.forge(&format!("{room}/propose"), &[("clause", "article-5"), ("number", "1"), ("en", "CANARY-F")]).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
    let mangled = guro.forge(&format!("{room}/support"), &[("clause", "article-5"), ("number", "1"), ("wording", "none")]).await;
    assert_eq!(mangled.status, 422, "{}", mangled.text());
    let digest = "0".repeat(64);
    let early = guro.forge(&format!("{room}/initial"), &[("text", &digest), ("declared", "yes")]).await;
    assert_eq!(early.status, 409, "{}", early.text());
}

async fn says(client: &Client, room: &str, guro: &Person, seoul: &Person) {
    let clerk = Person::of(client, "guro", "clerk").await;
    let comment = format!("CANARY-C why us? {SCRIPT}");
    comes_back(&clerk, room, "comment-article-5", &[("comment", "  ")], &["The comment is missing"]).await;
    is_escaped(&clerk.does(room, "comment-article-5", &[("comment", &comment)]).await);
    client.quiet().await;
    assert!(seoul.page(room).await.contains("1 comment"));
    let past = seoul.page(&format!("{room}/clauses/article-5")).await;
    for said in ["clause added", "CANARY-C why us?", "Gwangmyeong</ins>", "clause reserved"] {
        assert!(past.contains(said), "{said}: {past}");
    }
    is_escaped(&past);
    assert_eq!(guro.look(&format!("{room}/clauses/article-9")).await.status, 404);
    let stranger = Person::of(client, "hwaseong", "delegate").await;
    for path in [room.to_owned(), format!("{room}/clauses/article-5")] {
        let answer = stranger.look(&path).await;
        assert!(answer.status == 404 && !answer.text().contains("CANARY"), "{}", answer.text());
    }
}

/// One question for all texts of a case: who reads it learns what is for the parties, whoever wrote it what is for its own side, a stranger nothing.
async fn remarks_are_told_to_whom_they_are_for(site: &Site, client: &Client, case: &str) {
    let bus = site.bus(Service::Gateway).await;
    let token = client.token("guro", "delegate").await;
    let entries = client.get(&format!("/api/v1/cases/{case}/entries?limit=200"), &token).await.text();
    let marked = entries.split("remark_commitment\\\":\\\"").skip(1);
    let commitments: Vec<&str> = marked.filter_map(|rest| rest.get(..64)).collect();
    assert!(commitments.len() > 2, "{entries}");
    let told = async |government: &str| -> Value {
        let mut headers = HeaderMap::new();
        headers.insert(wire::AUTHORIZATION, format!("Bearer {}", client.token(government, "delegate").await));
        let question = json!({ "case": case, "commitments": commitments }).to_string();
        let subject = bus.subjects().query(Service::Ledger, "public.remarks");
        let answer = bus.ask_bytes(Service::Ledger, subject, headers, question.into()).await.unwrap();
        serde_json::from_slice(&answer).unwrap()
    };
    let (author, other, stranger) = (told("gwangmyeong").await, told("seoul").await, told("hwaseong").await);
    assert!(author.to_string().contains("CANARY-OWN") && author.to_string().contains("CANARY-C"), "{author}");
    assert!(!other.to_string().contains("CANARY-OWN") && other.to_string().contains("CANARY-C"), "{other}");
    assert!(stranger["failed"].is_object() || stranger["failed"] == "not_found", "{stranger}");
    assert!(!stranger.to_string().contains("CANARY"), "{stranger}");
    assert_eq!(author["ok"]["seen"], commitments.len(), "{author}");
}

async fn initials(client: &Client, room: &str) {
    client.quiet().await;
    let mut last = String::new();
    for party in ["gyeonggi", "gwangmyeong", "seoul", "guro"] {
        let delegate = Person::of(client, party, "delegate").await;
        if party == "gyeonggi" {
            let silent = [("declared", "")];
            comes_back(&delegate, room, "initial", &silent, &["no side agreement exists is missing"]).await;
        }
        last = delegate.does(room, "initial", &[("declared", "yes")]).await;
        assert!(!last.contains("id=\"initial\""), "{party} has initialled: {last}");
        client.quiet().await;
    }
    assert!(last.contains("The text is frozen") && last.contains("Agreement") && !last.contains("id=\"add\""), "{last}");
    assert!(!last.contains("id=\"support-") && last.contains("id=\"comment-article-1\""), "a frozen text can still be spoken of: {last}");
}
