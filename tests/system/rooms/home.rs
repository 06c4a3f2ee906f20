//! Where a day's work begins: own moves, what changed, dates and their feed; opening a case up to joining; the caseload; the agenda of a round.

use reqwest::Method;
use scraper::{Html, Selector};
use serde_json::json;

use crate::client::{Answer, Client, guro_until, play, play_on};
use crate::person::Person;
use crate::platform;

const SCRIPT: &str = "<script>alert(1)</script>";

/// The text of the first part of a page that a selector finds; empty where there is none.
fn part(page: &str, selector: &str) -> String {
    let page = Html::parse_document(page);
    page.select(&Selector::parse(selector).unwrap()).next().map(|part| part.text().collect()).unwrap_or_default()
}

fn link(page: &str, selector: &str) -> String {
    let page = Html::parse_document(page);
    page.select(&Selector::parse(selector).unwrap()).next().and_then(|link| link.attr("href")).unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn home_shows_own_moves_what_changed_and_own_dates() {
    let site = platform::start(|_| {}).await;
    let stage = play(&site, "home", &guro_until("gwangmyeong.delegate> send_back_offer")).await;
    let client = Client::new(&site);
    client.quiet().await;
    let case = format!("/cases/{}", stage.case());
    own_moves(&client).await;
    news(&client, &case).await;
    feed(&client).await;
    overview(&client, &case).await;
    agenda(&client, &case).await;
    site.stop().await;
}

async fn own_moves(client: &Client) {
    let delegate = Person::of(client, "gwangmyeong", "delegate").await.page("/").await;
    assert!(part(&delegate, "section[aria-labelledby=own] table").contains("29 Feb 2000"), "offer 3 waits: {delegate}");
    let clerk = Person::of(client, "gwangmyeong", "clerk").await.page("/").await;
    assert_eq!(part(&clerk, "section[aria-labelledby=own] table"), "", "a clerk answers no offers");
    assert!(part(&clerk, ".others").contains("29 Feb 2000"), "but sees that a colleague is to: {clerk}");
    let seoul = Person::of(client, "seoul", "delegate").await.page("/").await;
    assert!(
        !part(&seoul, "section[aria-labelledby=own] table").contains("29 Feb 2000"),
        "nobody sees the moves of another body as their own"
    );
}

/// What Seoul's counter-offer moved is told to Gwangmyeong until they have looked at the case, and never to Seoul's delegate, who made it.
async fn news(client: &Client, case: &str) {
    let mut person = Person::of(client, "gwangmyeong", "delegate").await;
    let news = part(&person.page("/").await, "section[aria-labelledby=news]");
    for told in ["Seoul", "KRW 6,300,000,000", "KRW 3,780,000,000", "−2,520,000,000"] {
        assert!(news.contains(told), "no {told}: {news}");
    }
    let own = part(&Person::of(client, "seoul", "delegate").await.page("/").await, ".moved");
    assert!(!own.contains("3,780,000,000"), "{own}");

    let looked = person.look(case).await;
    let seen = looked.header("set-cookie").to_owned();
    assert!(seen.starts_with("seen-") && seen.contains("; HttpOnly") && seen.len() < 1_500, "{seen}");
    person.cookie = format!("{}; {}", person.cookie, seen.split("; ").next().unwrap());
    assert_eq!(part(&person.page("/").await, ".news"), "", "whoever has looked at the case knows it");
    assert_eq!(person.look(case).await.header("set-cookie"), "", "nothing more to remember");

    let mut other = Person::of(client, "gwangmyeong", "approver").await;
    let marked = other.submit("/", "seen", &[]).await;
    assert_eq!((marked.status, marked.header("location")), (303, "/"));
    other.cookie = format!("{}; {}", other.cookie, marked.header("set-cookie").split("; ").next().unwrap());
    assert_eq!(part(&other.page("/").await, ".news"), "");
}

/// A calendar program has no cookie: the address lets it in, to one person's own dates.
async fn feed(client: &Client) {
    let person = Person::of(client, "gwangmyeong", "delegate").await;
    let page = person.page("/due").await;
    assert!(part(&page, ".month").contains("29 Feb 2000"), "{page}");
    let address = link(&page, "a[href*='.ics']");
    let anyone = async |path: &str| client.send(client.request(Method::GET, path)).await;
    let answer = anyone(&address).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"), "{}", answer.text());
    let dates = events(&answer);
    assert_eq!(dates.len(), 1, "{}", answer.text());
    assert!(dates[0].contains("DTSTART;VALUE=DATE:20000229") && dates[0].contains("DTEND;VALUE=DATE:20000301"), "{}", dates[0]);
    assert_eq!(events(&anyone(&address).await), dates, "the same, whenever it is asked for");
    let korean = anyone(&address.replace("lang=en", "lang=ko")).await.text();
    assert!(korean.replace("\r\n ", "").contains("구로·광명 환경기초시설 공동이용"), "{korean}");
    assert!(korean.split("\r\n").all(|line| line.len() <= 75), "lines are folded: {korean}");

    let seoul = anyone(&link(&Person::of(client, "seoul", "delegate").await.page("/due").await, "a[href*='.ics']")).await;
    assert!(events(&seoul).is_empty(), "Seoul has answered: {}", seoul.text());
    let (path, mark) = address.rsplit_once('/').unwrap();
    let other = if mark.starts_with('A') { "B" } else { "A" };
    let forged = [
        format!("{path}/{other}{}", &mark[1..]),
        address.replace("gwangmyeong-delegate", "gwangmyeong-approver"),
        address.replace(".gwangmyeong/", ".seoul/"),
        "/due/x/y.ics".to_owned(),
    ];
    for forged in forged {
        assert_eq!(anyone(&forged).await.status, 404, "{forged}");
    }
}

/// The events of a calendar, unfolded, without the time at which they were asked for.
fn events(answer: &Answer) -> Vec<String> {
    let text = answer.text().replace("\r\n ", "");
    assert_eq!(text.matches("PRODID:").count(), 1, "one maker (RFC 5545, 3.6): {text}");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    let each = text.split("BEGIN:VEVENT\r\n").skip(1).map(|event| event.split("END:VEVENT").next().unwrap().to_owned());
    let all: Vec<String> = each.collect();
    for event in &all {
        assert!(
            ["UID:", "DTSTAMP:", "SUMMARY:"].iter().all(|name| event.lines().filter(|line| line.starts_with(name)).count() == 1),
            "{event}"
        );
    }
    all
}

/// Ties are shown to all, ceilings to the own body only; whoever may not act is not offered it, and refused when they try.
async fn overview(client: &Client, case: &str) {
    let seoul = Person::of(client, "seoul", "delegate").await.page(case).await;
    assert!(part(&seoul, "#mandates").contains("5,000,000,000"), "{seoul}");
    let gwangmyeong = Person::of(client, "gwangmyeong", "delegate").await;
    let page = gwangmyeong.page(case).await;
    assert!(part(&page, "#mandates").contains("2000"), "its own mandate: {page}");
    assert!(!page.contains("KRW 5,000,000,000") && !page.contains("22,700,000,000 or"), "how far Seoul may go is Seoul's affair");
    assert!(part(&page, ".ties").contains("Gyeonggi"), "{page}");
    assert!(part(&page, ".obstacles").contains("resident support"), "obstacles name things: {page}");
    for form in ["invite", "join", "decline"] {
        assert!(!gwangmyeong.is_offered(case, form).await, "{form}");
    }
    assert!(!Person::of(client, "gwangmyeong", "clerk").await.is_offered(case, "leave").await);
    let gyeonggi = Person::of(client, "gyeonggi", "delegate").await;
    assert!(gyeonggi.is_offered(case, "invite").await && gyeonggi.is_offered(case, "leave").await);
    assert_eq!(gwangmyeong.forge(&format!("{case}/invite"), &[("government", "bucheon")]).await.status, 409);
    assert_eq!(gwangmyeong.forge(&format!("{case}/join"), &[("mandate", "01890a5d-ac96-774b-bcce-b302099a8001")]).await.status, 409);
    let clerk = Person::of(client, "gwangmyeong", "clerk").await;
    assert_eq!(clerk.forge(&format!("{case}/leave"), &[("why", SCRIPT)]).await.status, 403);
}

async fn agenda(client: &Client, case: &str) {
    let page = format!("{case}/agenda");
    let gyeonggi = Person::of(client, "gyeonggi", "delegate").await;
    let set =
        |round: &'static str, topics: &'static str| [("round", round), ("on", "2000-02-20"), ("place", "city hall"), ("topics", topics)];
    let wrong = gyeonggi.submit(&page, "set", &set("second", SCRIPT)).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    assert!(wrong.text().contains("value=\"second\"") && wrong.text().contains("&#60;script&#62;alert(1)"), "{}", wrong.text());
    let shown = gyeonggi.does(&page, "set", &set("2", SCRIPT)).await;
    assert!(shown.contains("Agenda of round 2") && shown.contains("20 Feb 2000") && !shown.contains(SCRIPT), "{shown}");
    let stands = part(&shown, ".items");
    assert!(stands.contains("KRW 3,780,000,000") && stands.contains("KRW 6,300,000,000"), "where each stands: {stands}");

    let seoul = Person::of(client, "seoul", "delegate").await;
    assert!(part(&seoul.page(&page).await, ".items").contains("KRW 3,780,000,000"), "everyone reads it");
    assert!(!seoul.is_offered(&page, "set").await);
    let refused = seoul.forge(&page, &[("round", "2"), ("topics", "ours")]).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(seoul.page("/due").await.contains("20 Feb 2000"), "the meeting is among the dates of all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_opened_by_form_and_others_join_it() {
    let site = platform::start(|_| {}).await;
    let mut stage = play(&site, "opening", &guro_until("## Terms and text")).await;
    let old = format!("/cases/{}", stage.case());
    let late = "gwangmyeong.delegate> define_term term: x, names: \"x\" / \"x\", kind: share\n\
                gwangmyeong.delegate> open_dispute names: \"Support\" / \"지원\", terms: [x], with: [seoul], \
                due: {on: 1999-06-20, zone: \"Asia/Seoul\"}\ndate 1999-07-20\n";
    play_on(&mut stage, late).await;
    let client = Client::new(&site);
    client.quiet().await;

    let clerk = Person::of(&client, "gyeonggi", "clerk").await;
    assert!(!clerk.is_offered("/cases/new", "open").await, "a clerk opens no case");
    let gyeonggi = Person::of(&client, "gyeonggi", "delegate").await;
    let nothing = gyeonggi.submit("/cases/new", "open", &[("title_ko", SCRIPT), ("title_en", "")]).await;
    assert_eq!(nothing.status, 422, "no legal form was chosen: {}", nothing.text());
    assert!(nothing.text().contains("value=\"&#60;script&#62;alert(1)") && !nothing.text().contains(SCRIPT), "{}", nothing.text());
    let fields =
        [("title_ko", SCRIPT), ("title_en", "Night buses"), ("procedure", "kr-cooperation-project"), ("rounds", "free"), ("part", "party")];
    let opened = gyeonggi.submit("/cases/new", "open", &fields).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let case = opened.header("location").split(['?', '#']).next().unwrap().to_owned();
    invited_and_joined(&client, &gyeonggi, &case).await;

    let caseload = gyeonggi.page("/caseload").await;
    let place = |what: &str| caseload.find(what).unwrap_or_else(|| panic!("no {what}: {caseload}"));
    assert!(place(&format!("{old}\"")) < place(&format!("{case}\"")), "what is late stands first");
    assert!(part(&caseload, ".caseload").contains("20 Jun 1999"), "and says since when: {caseload}");
    let still = gyeonggi.page("/caseload?show=still").await;
    assert!(still.contains(&format!("{old}\"")) && !still.contains(&format!("{case}\"")), "{still}");
    assert!(part(&gyeonggi.page("/caseload?find=night").await, ".caseload").contains("Night buses"));
    assert!(
        part(&Person::of(&client, "seoul", "delegate").await.page("/caseload").await, ".caseload").is_empty(),
        "Seoul coordinates none"
    );
    site.stop().await;
}

async fn invited_and_joined(client: &Client, gyeonggi: &Person, case: &str) {
    client.quiet().await;
    let nobody = gyeonggi.submit(case, "invite", &[]).await;
    assert_eq!(nobody.status, 422, "{}", nobody.text());
    let page = gyeonggi.does(case, "invite", &[("government", "gwangmyeong"), ("government", "seoul")]).await;
    let parties = part(&page, ".parties");
    assert!(parties.contains("Gwangmyeong") && parties.contains("Seoul") && parties.contains("invited"), "{parties}");
    assert!(page.contains("Night buses") && !page.contains(SCRIPT), "{page}");

    let gwangmyeong = Person::of(client, "gwangmyeong", "delegate").await;
    assert!(gwangmyeong.page(case).await.contains("You hold no mandate"), "who has none is told who grants it");
    let id = case.trim_start_matches("/cases/");
    let mandate = json!({ "command": { "registry": { "grant_mandate": { "government": "gwangmyeong", "mandate": {
        "mandate": "01890a5d-ac96-774b-bcce-b302099a8001", "case": id, "delegate": "gwangmyeong-delegate", "scope": "all",
        "until": "2000-12-31", "legal_basis": "canary-order-of-the-mayor" } } } } });
    let head = client.token("gwangmyeong", "signatory").await;
    let granted = client.act("governments/gwangmyeong", &head, "opening-grant", mandate.to_string()).await;
    assert_eq!(granted.status, 200, "{}", granted.text());
    client.quiet().await;
    let joined = gwangmyeong.does(case, "join", &[]).await;
    assert!(part(&joined, ".parties").contains("party") && joined.contains("canary-order-of-the-mayor"), "{joined}");
    assert!(!joined.contains("Guro"), "what happened in another case is not told here: {joined}");
    assert!(!gyeonggi.page(case).await.contains("canary-order-of-the-mayor"), "a mandate is its own body's affair");

    let seoul = Person::of(client, "seoul", "delegate").await;
    let home = seoul.does(case, "decline", &[("why", SCRIPT)]).await;
    assert!(!home.contains("Night buses"), "whoever declined has no part in it: {home}");
    assert_eq!(seoul.look(case).await.status, 404);
}
