//! The record, the auditor's pages, the check of a bundle and the register of agreements: what is found and what is not, what was beside what is,
//! and that nobody sees more of it than they may.

use reqwest::{Method, RequestBuilder};

use crate::client::{Client, guro_until, play, play_on};
use crate::person::{Person, parts};
use crate::platform;

/// What only Seoul and the mediator know.
const SECRET: &str = "50 is our last word";

#[tokio::test(flavor = "multi_thread")]
async fn the_record_is_searched_looked_back_into_and_proven() {
    let site = platform::start(|_| {}).await;
    let stage = play(&site, "audit", &guro_until("## 17 April 2000")).await;
    let client = Client::new(&site);
    let case = stage.case().to_string();
    client.quiet().await;
    let seoul = Person::of(&client, "seoul", "delegate").await;
    let auditor = Person::of(&client, "gyeonggi", "auditor").await;

    the_record_tells_in_sentences(&seoul, &case).await;
    searching(&auditor, &seoul, &case).await;
    what_is_sealed_stays(&client, &seoul, &case).await;
    exporting(&seoul, &case).await;
    a_case_as_it_was(&auditor, &case).await;
    bundles(&client, &seoul, &case).await;
    site.stop().await;
}

async fn the_record_tells_in_sentences(seoul: &Person, case: &str) {
    let page = seoul.page(&format!("/cases/{case}/record?lang=en&order=old")).await;
    assert!(page.contains("Gyeonggi Province opened the case “Guro–Gwangmyeong environment swap”"), "{page}");
    let page = seoul.page(&format!("/cases/{case}/record?kind=negotiation.offer_tabled&lang=ko")).await;
    assert!(page.contains("서울특별시가") && page.contains("수정제안") && !page.contains("said-"), "{page}");
    // To the first page and back is where one was.
    let newest = format!("/cases/{case}/record?order=new");
    let first = places(&seoul.page(&newest).await);
    let next = link(&seoul.page(&newest).await, "next");
    let second = seoul.page(&format!("/cases/{case}/record{next}")).await;
    assert!(places(&second)[0] < *first.last().unwrap(), "the next page goes on where this one ended");
    let back = seoul.page(&format!("/cases/{case}/record{}", link(&second, "prev"))).await;
    assert_eq!(places(&back), first);

    let position = first[0];
    let entry = seoul.page(&format!("/cases/{case}/record/{position}?lang=en")).await;
    assert!(entry.contains("Leaf hash of the entry") && entry.contains("What it proves"), "{entry}");
    let bytes = seoul.page(&format!("/cases/{case}/record/{position}/bytes")).await;
    let leaf = proto::digest::Digest::leaf(bytes.as_bytes());
    assert!(entry.contains(&leaf.to_string()), "the page names the leaf of the bytes that it hands out");
    leads_to_root(&seoul.page(&format!("/cases/{case}/record/{position}/receipt")).await, leaf);
    assert_eq!(seoul.look(&format!("/cases/{case}/record/0")).await.status, 404, "not of this case");
}

/// The receipt (C2SP tlog-proof) leads from the leaf to the root in its checkpoint.
fn leads_to_root(receipt: &str, leaf: proto::digest::Digest) {
    use base64::Engine as _;
    let decode = |line: &str| -> tlog_tiles::Hash {
        let bytes = base64::engine::general_purpose::STANDARD.decode(line).unwrap();
        tlog_tiles::Hash(bytes.try_into().unwrap())
    };
    let (proof, checkpoint) = receipt.split_once("\n\n").unwrap();
    let mut lines = proof.lines();
    assert_eq!(lines.next(), Some("c2sp.org/tlog-proof@v1"));
    let index: u64 = lines.next().unwrap().strip_prefix("index ").unwrap().parse().unwrap();
    let hashes: Vec<_> = lines.map(decode).collect();
    let mut note = checkpoint.lines().skip(1);
    let size: u64 = note.next().unwrap().parse().unwrap();
    let root = decode(note.next().unwrap());
    tlog_tiles::check_record(&hashes, size, root, index, tlog_tiles::Hash(leaf.0)).unwrap();
}

/// Positions of the entries on a page, as they stand.
fn places(page: &str) -> Vec<u64> {
    page.split("class=\"place\" href=")
        .skip(1)
        .map(|rest| rest.split(">#").nth(1).unwrap().split('<').next().unwrap().parse().unwrap())
        .collect()
}

fn link(page: &str, rel: &str) -> String {
    let (_, after) = page.split_once(&format!("rel=\"{rel}\" href=\"")).unwrap_or_else(|| panic!("no {rel}: {page}"));
    after.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

async fn searching(auditor: &Person, seoul: &Person, case: &str) {
    assert!(auditor.page("/").await.contains("href=\"/audit\""), "offered to auditors");
    assert!(!seoul.page("/").await.contains("href=\"/audit\""), "and to nobody else");
    let found = async |query: &str| places(&auditor.page(&format!("/audit?lang=en&{query}")).await);
    let all = found("").await;
    assert_eq!(all.len(), 50);
    assert!(all.windows(2).all(|pair| pair[0] > pair[1]), "the newest first: {all:?}");

    let by_seoul = auditor.page("/audit?body=seoul&lang=en&kind=negotiation").await;
    assert!(!places(&by_seoul).is_empty() && !by_seoul.contains("gwangmyeong-delegate"), "{by_seoul}");
    assert_eq!(found("person=seoul-delegate&kind=negotiation").await, places(&by_seoul));
    // Two syllables of a term's name find the offers, which carry its id.
    let support = auditor.page(&format!("/audit?case={case}&text=%EC%A7%80%EC%9B%90&kind=negotiation.offer_tabled&lang=ko")).await;
    assert!(places(&support).len() >= 2 && support.contains("주민지원"), "{support}");
    assert_eq!(found("text=nothing-is-called-so").await, Vec::<u64>::new());
    // From a day on, to a day; the counts say as much as there is.
    let before = found(&format!("case={case}&until=1999-12-31")).await;
    let page = auditor.page(&format!("/audit?case={case}&since=2000-02-01&until=2000-02-29&lang=en")).await;
    assert!(!before.is_empty() && places(&page).iter().all(|place| !before.contains(place)), "{before:?}");
    assert!(!page.contains(" 1999 ") && page.contains("Entries: "), "{page}");

    for (query, said) in [("since=x", "“x” is no day"), ("kind=none", "there is no “none”"), ("body=%3Cscript%3E", "is no id of a body")]
    {
        let page = auditor.page(&format!("/audit?lang=en&{query}")).await;
        assert!(page.contains(said) && !page.contains("<script>alert") && !page.contains("\"<script>"), "{query}: {page}");
    }
    let page = auditor.page("/audit?text=%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert!(!page.contains("<script>alert") && page.contains("alert(1)"), "typed text comes back, and does nothing");
}

async fn what_is_sealed_stays(client: &Client, seoul: &Person, case: &str) {
    let query = "/audit?text=last+word";
    assert!(seoul.page(query).await.contains(SECRET), "whoever wrote it finds it");
    for (government, role) in [("gwangmyeong", "delegate"), ("guro", "delegate"), ("gwangmyeong", "auditor"), ("hwaseong", "delegate")] {
        let Some(other) = enter(client, government, role).await else { continue };
        for path in
            [query.to_owned(), format!("/audit?case={case}"), format!("/audit/export.csv?case={case}"), "/audit/export.jsonl".to_owned()]
        {
            let answer = other.look(&path).await;
            assert!(!answer.text().contains(SECRET), "{government} {role} {path}");
        }
        assert!(places(&other.page(query).await).is_empty(), "{government} {role} does not even learn that there is something");
    }
    let stranger = Person::of(client, "hwaseong", "delegate").await;
    for path in ["", "?on=2000-02-10", "/bundle"] {
        assert_eq!(stranger.look(&format!("/audit/cases/{case}{path}")).await.status, 404, "{path}");
    }
    assert_eq!(places(&stranger.page(&format!("/audit?case={case}")).await), Vec::<u64>::new());
}

async fn enter(client: &Client, government: &str, role: &str) -> Option<Person> {
    let body = serde_html_form::to_string([("person", format!("{government}-{role} {government}")), ("next", "/".to_owned())]).unwrap();
    let answer = client.send(crate::person::from_here(client, client.request(Method::POST, "/sign-in")).body(body)).await;
    if answer.status == 303 { Some(Person::of(client, government, role).await) } else { None }
}

async fn exporting(seoul: &Person, case: &str) {
    let csv = seoul.page(&format!("/audit/export.csv?case={case}&lang=ko")).await;
    assert!(csv.starts_with("\u{feff}순번,"), "a spreadsheet sees that it is UTF-8");
    let lines = seoul.page(&format!("/audit/export.jsonl?case={case}")).await;
    let entries: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let rows = csv.matches(&format!(",case/{case}")).count();
    assert_eq!(rows, entries.len(), "both hold the same entries");
    let tally = seoul.page(&format!("/audit?case={case}&lang=en")).await;
    assert!(tally.contains(&format!("Entries: {rows}")), "and as many as the page counts: {rows}");
    let wrong = seoul.look("/audit/export.csv?since=x&lang=en").await;
    assert!(wrong.status == 422 && wrong.text().contains("“x” is no day"), "{}", wrong.text());
}

async fn a_case_as_it_was(auditor: &Person, case: &str) {
    let korean = auditor.page(&format!("/audit/cases/{case}?on=2000-02-10&lang=ko")).await;
    // On that day Seoul's counter-offer lay on the table and nothing was agreed of the support.
    let row = |name: &str| {
        let (_, after) = korean.split_once(&format!("<th scope=\"row\">{name}")).unwrap_or_else(|| panic!("no {name}: {korean}"));
        after.split("</tr>").next().unwrap().to_owned()
    };
    let support = row("주민지원기금 분담금");
    assert!(support.contains("미합의") && support.contains("5,000,000,000원"), "{support}");
    assert!(row("진행 단계").contains("협의 중") && row("진행 단계").contains("협약(안) 확정"), "{}", row("진행 단계"));
    let past = auditor.page(&format!("/audit/cases/{case}?on=2000-02-10&lang=en")).await;
    let early = auditor.page(&format!("/audit/cases/{case}?on=1990-01-01&lang=en")).await;
    assert!(early.contains("was not open yet"), "{early}");
    let nonsense = auditor.page(&format!("/audit/cases/{case}?on=tomorrow&lang=en")).await;
    assert!(nonsense.contains("value=\"tomorrow\"") && nonsense.contains("usa-error-message"), "{nonsense}");
    // Who decided what on which mandate: the finding for all, the mandate for one's own.
    let (_, decisions) = past.split_once("id=\"decisions\"").unwrap();
    assert!(decisions.contains("tabled offer 1") && decisions.contains("within"), "{decisions}");
    let mandates = decisions.matches("<code class=\"id\">").count();
    assert!(mandates > 0 && mandates < decisions.matches(">within<").count(), "others' mandates are not named: {mandates}");
}

fn upload(client: &Client, bundle: &[u8], fingerprint: &str) -> RequestBuilder {
    let request = client.request(Method::POST, "/verify?lang=en").header("Origin", client.base()).header("Sec-Fetch-Site", "same-origin");
    parts(request, &[("fingerprint".to_owned(), fingerprint.to_owned())], &[("bundle", "bundle.json", bundle)])
}

/// The page, without signing in: a good bundle, one that was changed, and what is none.
async fn bundles(client: &Client, seoul: &Person, case: &str) {
    let good = seoul.page(&format!("/audit/cases/{case}/bundle")).await;
    assert!(!good.contains(SECRET));
    let unproven = client.send(upload(client, good.as_bytes(), "")).await;
    assert!(unproven.status == 200 && unproven.text().contains("whose it is, is unproven"), "{}", unproven.text());
    let fingerprint =
        proto::digest::Digest::of(serde_json::from_str::<serde_json::Value>(&good).unwrap()["key"].as_str().unwrap().as_bytes());
    let verified = client.send(upload(client, good.as_bytes(), &fingerprint.to_string())).await.text();
    assert!(verified.contains("Nothing was added, dropped or changed") && !verified.contains("does not hold"), "{verified}");
    let other = client.send(upload(client, good.as_bytes(), &"0".repeat(64))).await.text();
    assert!(other.contains("Do not rely on this") && other.contains("does not hold"), "{other}");
    let changed = good.replacen("구로", "구료", 1);
    assert_ne!(changed, good);
    let wrong = client.send(upload(client, changed.as_bytes(), "")).await.text();
    assert!(wrong.contains("Do not rely on this") && !wrong.contains("unproven-text"), "{wrong}");
    let nonsense = client.send(upload(client, b"<script>alert(1)</script>", "")).await.text();
    assert!(nonsense.contains("Do not rely on this") && !nonsense.contains("<script>alert"), "{nonsense}");
    let typed = client.send(upload(client, b"{}", "\"><script>alert(1)</script>")).await;
    assert!(typed.status == 422 && !typed.text().contains("<script>alert") && typed.text().contains("alert(1)"), "{}", typed.text());
    assert_eq!(client.send(client.request(Method::GET, "/verify")).await.status, 200, "everyone sees the page");
}

#[tokio::test(flavor = "multi_thread")]
async fn public_is_what_all_parties_made_public_and_nothing_else() {
    let site = platform::start(|_| {}).await;
    let mut stage = play(&site, "public", &guro_until("## 20 April 2000")).await;
    let client = Client::new(&site);
    let case = stage.case().to_string();
    client.quiet().await;
    let look = async |path: &str| client.send(client.request(Method::GET, path).header("Accept", "text/html")).await;
    let one = format!("/agreements/{case}");

    assert!(!look("/agreements?lang=en").await.text().contains("environment swap"), "in force, and not public");
    assert_eq!(look(&one).await.status, 404);
    let publish = format!("/cases/{case}/publish");
    let seoul = Person::of(&client, "seoul", "signatory").await;
    let approver = Person::of(&client, "seoul", "approver").await;
    assert!(!approver.is_offered(&publish, "publish").await, "not offered to whom it is not for");
    let agreement = seoul.page(&publish).await.split("name=\"agreement\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(approver.forge(&publish, &[("agreement", &agreement)]).await.status, 403, "and refused by hand");
    let nonsense = seoul.submit(&publish, "publish", &[("agreement", "<script>alert(1)</script>")]).await;
    assert!(nonsense.status == 400 && !nonsense.text().contains("<script>alert"), "{}", nonsense.text());
    // Three name everything, Seoul the values alone: the values are public, the wording is not.
    for government in ["gyeonggi", "guro", "gwangmyeong"] {
        let signatory = Person::of(&client, government, "signatory").await;
        signatory.does(&publish, "publish", &[]).await;
        assert_eq!(look(&one).await.status, 404, "not before all have said so");
    }
    let form = seoul.page(&publish).await;
    assert!(form.contains("has not said so yet") || form.contains("아직 동의하지 않음"), "{form}");
    let key = seoul.key(&publish).await;
    let fields = [("form", key.as_str()), ("agreement", agreement.as_str()), ("parts", "terms")];
    assert_eq!(client.send(crate::person::from_here(&client, seoul.post(&publish, &fields))).await.status, 303);
    client.quiet().await;

    let list = look("/agreements?lang=en").await.text();
    assert!(list.contains("Guro–Gwangmyeong environment swap"), "{list}");
    assert!(look("/agreements?lang=ko&text=%EA%B4%91%EB%AA%85").await.text().contains(&one), "found by two syllables of a party");
    assert!(!look("/agreements?text=hambaeksan").await.text().contains(&one));
    let page = look(&format!("{one}?lang=en")).await.text();
    assert!(page.contains(&agreement) && page.contains("5,000,000,000") && page.contains("The parties did not make this public"), "{page}");
    let wording = "당사자는 광명시 소각";
    let korean = look(&format!("{one}?lang=ko")).await.text();
    assert!(page.contains("By waste delivered") && korean.contains("반입량 비례"), "an option goes by its name: {korean}");
    for private in [wording, SECRET, "gwangmyeong-delegate"] {
        assert!(!page.contains(private) && !korean.contains(private), "{private}");
    }
    assert_eq!(look(&format!("{one}/text.json")).await.status, 404, "a part is not the whole");
    let frozen = look(&format!("{one}/agreement.json")).await.text();
    assert_eq!(proto::digest::Digest::of(frozen.as_bytes()).to_string(), agreement, "everyone can make the digest again");
    // Less cannot be made of it; more can, and then the text's digest can be made again too.
    let less = seoul.key(&publish).await;
    let fields = [("form", less.as_str()), ("agreement", agreement.as_str())];
    let refused = client.send(crate::person::from_here(&client, seoul.post(&publish, &fields))).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    let more = seoul.key(&publish).await;
    let fields = [("form", more.as_str()), ("agreement", agreement.as_str()), ("parts", "terms"), ("parts", "wording")];
    assert_eq!(client.send(crate::person::from_here(&client, seoul.post(&publish, &fields))).await.status, 303);
    client.quiet().await;
    assert!(look(&format!("{one}?lang=ko")).await.text().contains(wording), "now it is public too");
    let text = look(&format!("{one}/text.json")).await.text();
    assert!(frozen.contains(&proto::digest::Digest::of(text.as_bytes()).to_string()), "{frozen}");
    play_on(&mut stage, "show terms\n").await;
    site.stop().await;
}
