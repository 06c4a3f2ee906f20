//! The rooms Authority and Approvals: mandates that nobody else sees, the matrix with what is wrong in it, steps with what shows them.

use serde_json::{Value, json};

use crate::client::{Client, guro_until, play};
use crate::person::{Person, from_here};
use crate::platform;

const SCRIPT: &str = "<script>alert(1)</script>";
const ESCAPED: &str = "&#60;script&#62;alert(1)&#60;/script&#62;";
const MINUTES: &[u8] = b"%PDF-1.7\nminutes of the council of Seoul";

/// The address of a room of the only case.
async fn room(client: &Client, name: &str) -> String {
    let token = client.token("gyeonggi", "delegate").await;
    let cases = client.get("/api/v1/cases", &token).await.json();
    let id = cases[0]["stream"].as_str().unwrap().strip_prefix("case/").unwrap().to_owned();
    format!("/cases/{id}/{name}")
}

async fn case(client: &Client, path: &str) -> Value {
    let token = client.token("gyeonggi", "delegate").await;
    let id = path.split('/').nth(2).unwrap();
    client.get(&format!("/api/v1/cases/{id}"), &token).await.json()
}

/// None of these persons finds the word in any room of the case.
async fn nowhere(client: &Client, path: &str, word: &str, persons: &[(&str, &str)]) {
    let base = path.rsplit_once('/').unwrap().0;
    for (government, role) in persons {
        let person = Person::of(client, government, role).await;
        for page in ["", "/authority", "/approvals", "/signing", "/record"] {
            let html = person.page(&format!("{base}{page}")).await;
            assert!(!html.contains(word), "{government} {role} reads {word} in {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_grants_a_mandate_that_its_delegate_joins_with_and_nobody_else_sees() {
    let site = platform::start(|_| {}).await;
    play(&site, "mandates", &guro_until("gwangmyeong.signatory> grant_mandate")).await;
    let client = Client::new(&site);
    let path = room(&client, "authority").await;
    let head = Person::of(&client, "gwangmyeong", "signatory").await;
    let delegate = Person::of(&client, "gwangmyeong", "delegate").await;

    let asked = [("until", ""), ("legal_basis", SCRIPT)];
    let answer = head.submit(&path, "grant", &asked).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("The last day is missing") && answer.text().contains(ESCAPED) && !answer.text().contains(SCRIPT));

    assert!(!delegate.is_offered(&path, "grant").await, "a delegate without a mandate has none to pass on");
    let by_hand = [
        ("mandate", "01890a5d-ac96-774b-bcce-b302099a8001"),
        ("delegate", "gwangmyeong-delegate"),
        ("until", "2000-12-31"),
        ("legal_basis", "x"),
    ];
    assert_eq!(delegate.forge(&format!("{path}/grant"), &by_hand).await.status, 409);

    let granted = [("until", "2000-12-31"), ("legal_basis", "CANARY-7391"), ("may_delegate", "yes")];
    let page = head.does(&path, "grant", &granted).await;
    assert!(page.contains("CANARY-7391") && page.contains("for your body alone"));
    assert!(delegate.page(&path).await.contains("CANARY-7391"));
    nowhere(
        &client,
        &path,
        "CANARY-7391",
        &[("seoul", "delegate"), ("gyeonggi", "mediator"), ("gyeonggi", "auditor"), ("guro", "signatory")],
    )
    .await;

    joins(&client, &path).await;
    passes_on(&delegate, &path).await;
    let page = head.does(&path, "revoke", &[]).await;
    assert!(page.contains("taken back"), "{page}");
    assert!(!delegate.is_offered(&path, "revoke").await);
}

/// The delegate joins with the mandate that was granted on the page.
async fn joins(client: &Client, path: &str) {
    let token = client.token("gwangmyeong", "delegate").await;
    let held = client.get("/api/v1/governments/gwangmyeong/mandates", &token).await.json();
    let (id, _) = held["mandates"].as_object().unwrap().iter().next().unwrap();
    let case_id = path.split('/').nth(2).unwrap();
    let command = json!({ "command": { "negotiation": { "join": { "mandate": id } } } }).to_string();
    let answer = client.act(&format!("cases/{case_id}"), &token, "join", command).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// No wider than it is held.
async fn passes_on(delegate: &Person, path: &str) {
    let wider = delegate.submit(path, "grant", &[("until", "2001-12-31"), ("legal_basis", "passed on")]).await;
    assert_eq!(wider.status, 409, "{}", wider.text());
    assert!(wider.text().contains("passed on"), "what was typed is still there");
    let page = delegate.does(path, "grant", &[("until", "2000-06-30"), ("legal_basis", "passed on")]).await;
    assert!(page.contains("passed on by"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_in_the_matrix_is_marked_and_stays_only_with_everyones_reason() {
    let site = platform::start(|_| {}).await;
    play(&site, "matrix", &guro_until("# Who decides, pays and operates.")).await;
    let client = Client::new(&site);
    let path = room(&client, "authority").await;
    let delegate = Person::of(&client, "gwangmyeong", "delegate").await;

    let row = [
        ("ko", "소각재 처리"),
        ("en", SCRIPT),
        ("holds.gwangmyeong.decide", "yes"),
        ("basis.gwangmyeong.decide", "폐기물관리법"),
        ("holds.guro.fund", "yes"),
    ];
    let nobody =
        delegate.submit(&path, "set", &[("ko", "이름"), ("holds.other.operate", "yes"), ("basis.gwangmyeong.fund", "typed")]).await;
    assert_eq!(nobody.status, 422);
    assert!(nobody.text().contains("no body is chosen") && nobody.text().contains("value=\"typed\""));
    let nameless = delegate.submit(&path, "set", &[("holds.guro.fund", "yes")]).await;
    assert_eq!(nameless.status, 409);

    let page = delegate.does(&path, "set", &row).await;
    assert!(page.contains("Gap: nobody") && page.contains("No legal basis") && page.contains(ESCAPED) && !page.contains(SCRIPT), "{page}");
    assert_eq!(case(&client, &path).await["findings"].as_array().unwrap().len(), 2);

    let clerk = Person::of(&client, "gwangmyeong", "clerk").await;
    assert!(!clerk.is_offered(&path, "set").await && !clerk.is_offered(&path, "allow").await);
    let by_hand = [("function", "ash"), ("ko", "소각재"), ("en", ""), ("holds.guro.fund", "yes")];
    assert_eq!(clerk.forge(&format!("{path}/set"), &by_hand).await.status, 403);
    assert_eq!(clerk.forge(&format!("{path}/remove"), &[("function", "ash")]).await.status, 403);

    for government in ["gwangmyeong", "seoul", "gyeonggi", "guro"] {
        let person = Person::of(&client, government, "delegate").await;
        let silent = person.submit(&path, "allow", &[("why", " ")]).await;
        assert_eq!(silent.status, 409);
        person.does(&path, "allow", &[("why", &format!("{SCRIPT} {government} agrees"))]).await;
    }
    let page = delegate.page(&path).await;
    assert!(page.contains("may stay") && page.contains("seoul agrees") && !page.contains(SCRIPT), "{page}");
    assert_eq!(case(&client, &path).await["findings"].as_array().unwrap().len(), 1);

    // Opened for a change, the form has what stands; and the row can be taken out.
    let (_, after) = page.split_once("?row=").unwrap();
    let open = format!("{path}?row={}", after.split('#').next().unwrap());
    let page = delegate.does(&open, "set", &[("basis.guro.fund", "협약 제4조")]).await;
    assert!(page.contains("협약 제4조") && page.contains("폐기물관리법") && !page.contains("No legal basis"));
    let page = delegate.does(&open, "remove", &[]).await;
    assert!(page.contains("Add the first function below"));
}

/// The address of a step.
fn step(path: &str, step: &str, government: &str) -> String {
    if government.is_empty() { format!("{path}?step={step}") } else { format!("{path}?step={step}&government={government}") }
}

/// The id of a form about a step.
fn form(act: &str, step: &str) -> String {
    let about = step.split_once("?step=").unwrap().1.replace("&government=", "-");
    format!("{act}-{about}")
}

/// Decides what applies, as it was in 2000.
async fn decided(client: &Client, path: &str) {
    for (government, council) in [("seoul", "yes"), ("guro", "no"), ("gyeonggi", "no"), ("gwangmyeong", "yes")] {
        let approver = Person::of(client, government, "approver").await;
        let report = step(path, "pre-report", government);
        approver.does(&report, &form("decide", &report), &[("applies", "no"), ("why", SCRIPT)]).await;
        let resolution = step(path, "council", government);
        let page = approver.does(&resolution, &form("decide", &resolution), &[("applies", council), ("why", "it commits money")]).await;
        assert!(page.contains(ESCAPED) && !page.contains(SCRIPT));
    }
    let host = Person::of(client, "gwangmyeong", "approver").await;
    let consent = step(path, "host-consent", "");
    host.does(&consent, &form("decide", &consent), &[("applies", "no"), ("why", "each in its own area")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_are_recorded_with_what_shows_them_until_signing_opens() {
    let site = platform::start(|settings| settings.http.document_limit = 300_000).await;
    play(&site, "approvals", &guro_until("## Approvals: each government's own chain")).await;
    let client = Client::new(&site);
    let path = room(&client, "approvals").await;
    let approver = Person::of(&client, "seoul", "approver").await;
    let report = step(&path, "pre-report", "seoul");
    let undecided = approver.submit(&report, &form("decide", &report), &[("why", "typed already")]).await;
    assert_eq!(undecided.status, 422);
    assert!(undecided.text().contains("not said whether the step applies") && undecided.text().contains("typed already"));
    decided(&client, &path).await;

    let council = step(&path, "council", "seoul");
    not_for_others(&client, &path, &council).await;
    let bill = [("on", "2000-03-02"), ("bill", SCRIPT), ("yes", "71"), ("no", "12"), ("abstain", "4")];
    refused_uploads(&client, &approver, &council, &bill).await;
    let many =
        approver.submit(&council, &form("record", &council), &[("on", "2000-03-02"), ("bill", "서울 2000-31"), ("yes", "many")]).await;
    assert_eq!(many.status, 422);
    assert!(many.text().contains("“many” is no number of votes") && many.text().contains("서울 2000-31"));

    let answer = approver.upload(&council, &form("record", &council), &bill, &[("evidence", "minutes.pdf", MINUTES)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = approver.page(answer.header("location").split('#').next().unwrap()).await;
    assert!(page.contains("71 for, 12 against") && page.contains(ESCAPED) && !page.contains(SCRIPT), "{page}");
    let document = format!("/api/v1/documents/{}", proto::digest::Digest::of(MINUTES));
    assert!(page.contains(&document), "{page}");
    let other = Person::of(&client, "guro", "delegate").await;
    let minutes = other.look(&document).await;
    assert_eq!((minutes.status, minutes.header("content-type"), minutes.body.as_slice()), (200, "application/pdf", MINUTES));
    assert_eq!(Person::of(&client, "interlocal-office", "administrator").await.look(&document).await.status, 404);

    sign_offs(&client, &approver, &path, &council).await;
    let host = Person::of(&client, "gwangmyeong", "clerk").await;
    let theirs = step(&path, "council", "gwangmyeong");
    let page = host.does(&theirs, &form("record", &theirs), &[("on", "2000-03-02"), ("bill", "광명 2000-9")]).await;
    assert!(page.contains("Signing is open"), "{page}");
}

/// Whoever may not record a step is not offered it, and refused when they send it by hand.
async fn not_for_others(client: &Client, path: &str, council: &str) {
    let by_hand = [
        ("step", "council"),
        ("government", "seoul"),
        ("kind", "council_resolution"),
        ("end", "passed"),
        ("bill", "1"),
        ("on", "2000-03-02"),
    ];
    for (government, role) in [("seoul", "delegate"), ("guro", "approver")] {
        let person = Person::of(client, government, role).await;
        for act in ["decide", "record", "sign-off"] {
            assert!(!person.is_offered(council, &form(act, council)).await, "{government} {role} {act}");
        }
        let answer = person.forge(&format!("{path}/record"), &by_hand).await;
        assert!([403, 409].contains(&answer.status), "{government} {role}: {} {}", answer.status, answer.text());
    }
    let clerk = Person::of(client, "seoul", "clerk").await;
    assert!(clerk.is_offered(council, &form("record", council)).await);
    let report = step(path, "pre-report", "seoul");
    assert!(!clerk.is_offered(&report, &form("decide", &report)).await);
    let by_hand = [("step", "pre-report"), ("government", "seoul"), ("applies", "yes"), ("why", "x")];
    assert_eq!(clerk.forge(&format!("{path}/decide"), &by_hand).await.status, 403);
}

async fn refused_uploads(client: &Client, person: &Person, council: &str, bill: &[(&str, &str)]) {
    let large = vec![b'x'; 400_000];
    for (name, bytes, status, said) in [
        ("minutes.pdf", [MINUTES, &large].concat(), 413, "may have at most 293 KB"),
        ("page.pdf", b"<!doctype html>".to_vec(), 422, "is of no kind that is kept"),
        ("empty.pdf", Vec::new(), 422, "is empty"),
    ] {
        let answer = person.upload(council, &form("record", council), bill, &[("evidence", name, &bytes)]).await;
        assert_eq!(answer.status, status, "{name}: {}", answer.text());
        assert!(answer.text().contains(said) && answer.text().contains(&format!("value=\"{ESCAPED}\"")), "{name}: {}", answer.text());
    }
    let key = person.key(council).await;
    let fields: Vec<(String, String)> =
        [("form", key.as_str()), ("step", "council"), ("government", "seoul")].map(|(n, v)| (n.to_owned(), v.to_owned())).into();
    let action = format!("{}/record", council.split('?').next().unwrap());
    let foreign = person.parcel(&action, &fields, &[("evidence", "minutes.pdf", MINUTES)]).header("Origin", "https://evil.example");
    assert_eq!(client.send(foreign).await.status, 403);
    let silent = person.parcel(&action, &fields, &[]);
    assert_eq!(client.send(silent).await.status, 403);
    let others = Person::of(client, "guro", "approver").await.key(council).await;
    let stolen: Vec<(String, String)> = vec![("form".to_owned(), others)];
    assert_eq!(client.send(person.parcel(&action, &stolen, &[]).header("Origin", client.base())).await.status, 403);
    let plain = from_here(client, person.post(&action, &[("form", &key)]));
    assert_eq!(client.send(plain).await.status, 422, "without files, a form is what it always was");
}

async fn sign_offs(client: &Client, approver: &Person, path: &str, council: &str) {
    let sign_off = [
        ("number", "CANARY-4417"),
        ("drafter", SCRIPT),
        ("reviewers", "과장, 국장"),
        ("decided_by", "서울특별시장"),
        ("decided_on", "2000-03-01"),
    ];
    let page = approver.does(council, &form("sign-off", council), &sign_off).await;
    assert!(!page.contains(SCRIPT));
    let own = Person::of(client, "seoul", "clerk").await.page(council).await;
    assert!(own.contains("CANARY-4417") && own.contains("과장 · 국장") && own.contains(ESCAPED), "{own}");
    nowhere(client, path, "CANARY-4417", &[("gwangmyeong", "approver"), ("gyeonggi", "mediator"), ("guro", "signatory")]).await;
    let theirs = Person::of(client, "guro", "approver").await.page(council).await;
    assert!(!theirs.contains("CANARY-4417"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_council_that_passes_the_text_amended_opens_it_again() {
    let site = platform::start(|_| {}).await;
    play(&site, "amended", &guro_until("## Approvals: each government's own chain")).await;
    let client = Client::new(&site);
    let path = room(&client, "approvals").await;
    decided(&client, &path).await;
    let approver = Person::of(&client, "seoul", "approver").await;
    let (own, theirs) = (step(&path, "council", "seoul"), step(&path, "council", "gwangmyeong"));
    approver.does(&own, &form("record", &own), &[("on", "2000-03-02"), ("bill", "서울 2000-31")]).await;
    let host = Person::of(&client, "gwangmyeong", "approver").await;
    let amended = [("on", "2000-03-02"), ("end", "passed_amended"), ("bill", "광명 2000-9")];
    host.does(&theirs, &form("record", &theirs), &amended).await;
    client.quiet().await;
    assert_eq!(case(&client, &path).await["standing"]["phase"], "open");
    let page = approver.page(&path).await;
    assert!(page.contains("about a text that stands no more") && page.contains("passed by the council amended"), "{page}");
    assert!(!approver.is_offered(&own, &form("record", &own)).await, "there is no text to resolve on");
    let by_hand = [
        ("step", "council"),
        ("government", "seoul"),
        ("kind", "council_resolution"),
        ("end", "passed"),
        ("bill", "2"),
        ("on", "2000-03-02"),
    ];
    assert_eq!(approver.forge(&format!("{path}/record"), &by_hand).await.status, 409);
}
