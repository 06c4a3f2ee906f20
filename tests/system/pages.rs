//! Pages and forms: who is signed in by a cookie, what a form must bring, and that one form is one act.

use reqwest::{Method, RequestBuilder};

use crate::client::{Answer, Client, guro_until, play};
use crate::person::{Person, from_here};
use crate::platform;

#[tokio::test(flavor = "multi_thread")]
async fn a_form_acts_only_from_our_own_page_for_whoever_it_was_made() {
    let site = platform::start(|_| {}).await;
    let stage = play(&site, "pages", &guro_until("## February 2000")).await;
    let client = Client::new(&site);
    let case = format!("/cases/{}", stage.case());
    let head = client.quiet().await;

    let (seoul, entered) = Person::enter(&client, "seoul-delegate seoul", &case).await;
    cookies_are_ours_alone(&entered, &case);
    assert!(seoul.look(&case).await.text().contains("Seoul"), "{case}");
    protected(&seoul, &case).await;
    forms_from_elsewhere(&client, &seoul).await;
    nobody_is_led_away(&client).await;
    persons_that_are_none(&client).await;
    without_a_provider(&client, &seoul).await;
    open_pages_hear_no_contents(&client, &seoul, &case).await;
    signing_out(&client, &seoul, &case).await;
    assert_eq!(client.quiet().await, head, "nothing was recorded");
    one_form_is_one_act(&client, head).await;
    site.stop().await;
}

/// Sent twice, by a double click or because an answer was lost, a form is one act; refused, it comes back with what was typed.
async fn one_form_is_one_act(client: &Client, head: u64) {
    let (person, _) = Person::enter(client, "interlocal-office-administrator interlocal-office", "/").await;
    let page = "/calendar";
    let key = person.key(page).await;
    let send = async |key: &str, to: &str| client.send(from_here(client, person.post(page, &[("form", key), ("to", to)]))).await;

    let back = send(&key, "1990-01-01").await;
    assert_eq!(back.status, 409, "{}", back.text());
    assert!(
        back.text().contains("value=\"1990-01-01\"") && back.text().contains("role=\"alert\"") && back.text().contains(&key),
        "{}",
        back.text()
    );
    let nonsense = send(&key, "<script>alert(1)</script>").await;
    assert!(nonsense.status == 400 && !nonsense.text().contains("<script>alert"), "{}", nonsense.text());

    let (once, twice) = (send(&key, "2000-03-01").await, send(&key, "2000-03-01").await);
    assert_eq!(once.status, 303, "{}", once.text());
    assert_eq!(once.header("location"), twice.header("location"), "the same act, the same answer");
    assert!(once.header("location").starts_with("/calendar?at_least="));
    let other = send(&key, "2000-04-01").await;
    assert_eq!(other.status, 422, "{}", other.text());
    assert!(!other.text().contains(&key) && other.text().contains("name=\"form\""), "a new act gets a new key");
    let calendars = client.quiet().await - head;
    assert!(calendars >= 1, "{calendars}");
    assert!(person.look(page).await.text().contains("1 Mar 2000"), "and it is shown");
}

fn cookies_are_ours_alone(entered: &Answer, next: &str) {
    assert_eq!(entered.header("location"), next);
    let cookie = entered.header("set-cookie");
    for part in ["interlocal=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age="] {
        assert!(cookie.contains(part), "{cookie} has no {part}");
    }
    // A token that services believe (three parts) stays with the gateway.
    let value = cookie.split(';').next().unwrap();
    assert_eq!(value.matches('.').count(), 1, "{cookie}");
    entered.assert_protected("sign-in");
}

async fn protected(person: &Person, case: &str) {
    for path in [
        "/",
        "/cases",
        case,
        "/rules",
        "/rules/shapley",
        "/api",
        "/problems/not_found",
        "/sign-in",
        "/nowhere",
        "/sign-in/begin",
        "/sign-in/callback?code=x&state=y",
    ] {
        let page = person.look(path).await;
        page.assert_protected(path);
        assert!(page.header("content-type").starts_with("text/html"), "{path}: {}", page.header("content-type"));
        let text = page.text();
        assert!(
            !text.contains("<script>") && !text.contains("<style") && !text.contains(" style=") && !text.contains(" onclick"),
            "{path}"
        );
    }
    let asset = person.look("/").await.text();
    let (_, after) = asset.split_once("<link rel=\"stylesheet\" href=\"").unwrap();
    let style = person.look(after.split('"').next().unwrap()).await;
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(!style.header("etag").is_empty());
}

async fn forms_from_elsewhere(client: &Client, person: &Person) {
    let key = person.key("/").await;
    let (other, _) = Person::enter(client, "guro-delegate guro", "/").await;
    let others = other.key("/").await;
    let forged = async |what: &str, request: RequestBuilder| {
        let answer = client.send(request).await;
        assert_eq!(answer.status, 403, "{what}: {}", answer.text());
        assert!(answer.text().contains("foreign_form"), "{what}: {}", answer.text());
        answer.assert_protected(what);
        assert_eq!(person.look("/").await.status, 200, "{what} must not sign anyone out");
    };
    let form = [("form", key.as_str())];
    forged("without a word where it comes from", person.post("/sign-out", &form)).await;
    forged("from another site", person.post("/sign-out", &form).header("Origin", "https://evil.example")).await;
    forged("from a site that hides", person.post("/sign-out", &form).header("Origin", "null")).await;
    let same_site = person.post("/sign-out", &form).header("Origin", client.base()).header("Sec-Fetch-Site", "same-site");
    forged("from a neighbour", same_site).await;
    for (what, key) in [("no key", ""), ("a made-up key", "x.y"), ("somebody else's key", &others), ("a changed key", &format!("0{key}"))] {
        forged(what, from_here(client, person.post("/sign-out", &[("form", key)]))).await;
    }
    forged("no field at all", from_here(client, person.post("/sign-out", &[]))).await;
    forged(
        "a sign-in from elsewhere",
        person.post("/sign-in", &[("person", "guro-delegate guro")]).header("Origin", "https://evil.example"),
    )
    .await;
    // A cookie alone does not act on the API either.
    let act = person.post("/api/v1/calendar/demo/commands", &form).header("Idempotency-Key", "x");
    assert_eq!(client.send(act).await.status, 401);
}

async fn nobody_is_led_away(client: &Client) {
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nX: y"] {
        let (person, entered) = Person::enter(client, "seoul-clerk seoul", next).await;
        assert_eq!(entered.header("location"), "/", "{next}");
        let choice = from_here(client, person.post("/language", &[("choice", "ko"), ("next", next)]));
        assert_eq!(client.send(choice).await.header("location"), "/", "{next}");
        let page =
            client.send(client.request(Method::GET, &format!("/sign-in?{}", serde_html_form::to_string([("next", next)]).unwrap()))).await;
        assert!(page.text().contains("<input type=\"hidden\" name=\"next\" value=\"/\">"), "{next}: {}", page.text());
        assert!(!page.text().contains("href=\"https:") && !page.text().contains("href=\"//"), "{next}");
    }
}

async fn persons_that_are_none(client: &Client) {
    for person in ["", "seoul-delegate", "seoul-delegate guro", "nobody seoul", "seoul-delegate nowhere", "<script> seoul", "a b c"] {
        let body = serde_html_form::to_string([("person", person)]).unwrap();
        let answer = client.send(from_here(client, client.request(Method::POST, "/sign-in")).body(body)).await;
        answer.assert_problem(person);
        assert!(answer.header("set-cookie").is_empty(), "{person}");
    }
}

/// Where no provider is set nobody comes in by its ways, and a link signs nobody out.
async fn without_a_provider(client: &Client, person: &Person) {
    for path in
        ["/sign-in/begin?next=/cases", "/sign-in/body", "/sign-in/callback?code=x&state=y", "/sign-in/callback?error=access_denied&state=y"]
    {
        let answer = person.look(path).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (404, ""), "{path}");
    }
    let out = person.look("/sign-out").await;
    assert_eq!((out.status, out.header("location"), out.header("set-cookie")), (303, "/", ""));
    assert_eq!(person.look("/").await.status, 200);
    let choice = |origin: &str| client.request(Method::POST, "/sign-in/body").header("Origin", origin.to_owned());
    let form = "government=seoul".to_owned();
    let kind = "application/x-www-form-urlencoded";
    let foreign = client.send(choice("https://evil.example").header("Content-Type", kind).body(form.clone())).await;
    assert_eq!((foreign.status, foreign.header("set-cookie")), (403, ""));
    let unvouched = client.send(choice(client.base()).header("Content-Type", kind).header("Accept", "text/html").body(form)).await;
    assert_eq!((unvouched.status, unvouched.header("set-cookie")), (400, ""), "nobody is signed in whom no provider vouches for");
    unvouched.assert_protected("a choice of body");
}

/// An open page hears that something has changed, in a word, and nothing of what.
async fn open_pages_hear_no_contents(client: &Client, person: &Person, case: &str) {
    let stream = client.request(Method::GET, "/api/v1/live/changes?from=0&lang=en").header("Cookie", &person.cookie);
    let mut heard = stream.send().await.unwrap();
    assert_eq!(heard.headers()["content-type"], "text/event-stream");
    let mut text = String::new();
    while !text.contains(&format!("\"case\":\"{}\"", case.trim_start_matches("/cases/"))) {
        let part = heard.chunk().await.unwrap().unwrap();
        text.push_str(std::str::from_utf8(&part).unwrap());
    }
    assert!(text.starts_with("event: open\ndata: {") && text.contains("\"person\":\"seoul-delegate seoul\""), "{text}");
    for line in text.lines().filter_map(|line| line.strip_prefix("data: ")).skip(1) {
        let change: serde_json::Value = serde_json::from_str(line).unwrap();
        let names: Vec<&str> = change.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(names.iter().all(|name| ["position", "case", "said"].contains(name)), "{change}");
    }
}

async fn signing_out(client: &Client, person: &Person, case: &str) {
    let key = person.key("/").await;
    let out = client.send(from_here(client, person.post("/sign-out", &[("form", &key)]))).await;
    assert_eq!((out.status, out.header("location")), (303, "/sign-in"));
    assert!(out.header("set-cookie").starts_with("interlocal=; ") && out.header("set-cookie").contains("Max-Age=0"));
    let after = person.look(case).await;
    let back = serde_html_form::to_string([("next", case)]).unwrap();
    assert_eq!(
        (after.status, after.header("location").to_owned()),
        (303, format!("/sign-in?{back}")),
        "a copy of the cookie is worth nothing"
    );
    let data = client.send(client.request(Method::GET, "/api/v1/cases").header("Cookie", &person.cookie)).await;
    assert_eq!(data.status, 401);
    let heard = client.send(client.request(Method::GET, "/api/v1/live/changes").header("Cookie", &person.cookie)).await;
    assert_eq!(heard.status, 401);
}

/// In production nobody chooses a person.
#[tokio::test(flavor = "multi_thread")]
async fn in_production_the_pages_have_no_chooser() {
    let register = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(register.path(), registry::seed::EXAMPLE).unwrap();
    let site = platform::start_unready(|settings| {
        settings.deployment.mode = runtime::config::Mode::Production;
        settings.deployment.calendar.clear();
        settings.deployment.register = register.path().display().to_string();
    })
    .await;
    let client = Client::new(&site);
    let page = client.send(client.request(Method::GET, "/sign-in")).await;
    assert!(page.status == 200 && !page.text().contains("name=\"person\""), "{}", page.text());
    let body = serde_html_form::to_string([("person", "seoul-delegate seoul")]).unwrap();
    let answer = client.send(from_here(&client, client.request(Method::POST, "/sign-in")).body(body)).await;
    assert_eq!(answer.said(), (404, "not_found".to_owned()));
    assert!(answer.header("set-cookie").is_empty());
    site.stop().await;
}
