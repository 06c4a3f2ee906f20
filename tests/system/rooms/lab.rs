//! The room of cost sharing, by its forms: a model that nobody else sees until it is tabled, questions and answers, positions on figures, files.

use std::time::Duration;

use crate::beside::{TABLE, plant};
use crate::client::{Client, play};
use crate::person::Person;
use crate::platform;

const SCRIPT: &str = "<script>alert(1)</script>";

/// What is typed for a library that costs 100,000,000,000 together, and 70 and 60 alone.
const LIBRARY: [(&str, &str); 9] = [
    ("name", "Canary Run"),
    ("c0.ko", "도서관"),
    ("c0.en", "CANARY Library"),
    ("c0.cost", "1,000억"),
    ("c0.rule", "shapley"),
    ("c0.costs", "alone"),
    ("c0.alone.gwangmyeong", "700억 원"),
    ("c0.alone.seoul", "60,000,000,000"),
    ("do", "compute"),
];

/// The same with some fields typed otherwise.
fn library<'a>(otherwise: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let same = LIBRARY.iter().filter(|(name, _)| !otherwise.iter().any(|(other, _)| other == name));
    same.copied().chain(otherwise.iter().copied()).collect()
}

/// What is computed beside comes in its own time.
async fn comes(person: &Person, path: &str, what: &str) -> String {
    for _ in 0..600 {
        let page = person.page(path).await;
        if page.contains(what) {
            return page;
        }
        assert!(page.contains("<progress"), "what is awaited says so: {page}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("{what} does not come to {path}");
}

fn led_to(answer: &crate::client::Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").split('#').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_is_shared_by_forms_and_nobody_sees_it_before_it_is_tabled() {
    let site = platform::start(|_| {}).await;
    let stage = play(&site, "lab", TABLE).await;
    let client = Client::new(&site);
    let room = format!("/cases/{}/allocation", stage.case());
    let gwangmyeong = Person::of(&client, "gwangmyeong", "delegate").await;
    let seoul = Person::of(&client, "seoul", "delegate").await;
    let clerk = Person::of(&client, "seoul", "clerk").await;
    let guro = Person::of(&client, "guro", "delegate").await;

    let others = [("seoul", &seoul), ("seoul's clerk", &clerk), ("guro", &guro)];
    typed_badly_it_comes_back(&room, &gwangmyeong).await;
    let own = computed_in_private(&room, &gwangmyeong, &others).await;
    tabled_it_is_seen(&client, &room, &own, &gwangmyeong, &seoul).await;
    looked_at(&room, &seoul).await;
    what_if(&room, &seoul, &gwangmyeong).await;
    a_position_is_taken(&room, &gwangmyeong, &clerk).await;
    begun_from_files(&room, &gwangmyeong).await;
    money_abroad_and_between_members(&room, &gwangmyeong).await;
    costs_by_a_curve_and_by_a_network(&room, &gwangmyeong).await;
    called_off(&room, &gwangmyeong, &seoul).await;
    site.stop().await;
}

async fn typed_badly_it_comes_back(room: &str, gwangmyeong: &Person) {
    let empty = gwangmyeong.page(room).await;
    assert!(empty.contains(&format!("href=\"{room}/new\"")), "an empty room leads to the first computation: {empty}");
    let new = format!("{room}/new");
    let more = gwangmyeong.submit(&new, "model", &library(&[("c0.en", SCRIPT), ("do", "add-part")])).await;
    let page = more.text();
    assert_eq!(more.status, 200, "{page}");
    assert!(page.contains("name=\"c1.cost\"") && page.contains("value=\"1,000억\"") && page.contains("value=\"700억 원\""), "{page}");
    assert!(!page.contains(SCRIPT) && page.contains("&#60;script&#62;"), "{page}");
    for (field, typed, said) in [
        ("c0.cost", "12a", "is no number"),
        ("c0.alone.seoul", SCRIPT, "is no number"),
        ("c0.currency", "won!", "is no currency"),
        ("c0.year", "in 2019", "is no year"),
        ("name", "도서관!", "cannot be a name"),
    ] {
        let back = gwangmyeong.submit(&new, "model", &library(&[(field, typed)])).await;
        let page = back.text();
        assert_eq!(back.status, 422, "{field}: {page}");
        assert!(page.contains(said) && page.contains("role=\"alert\"") && page.contains("value=\"700억 원\""), "{field}: {page}");
        assert!(!page.contains(SCRIPT) && page.contains("CANARY Library"), "{field}: {page}");
    }
    let refused = gwangmyeong.submit(&new, "model", &library(&[("c0.cost", "-5")])).await;
    assert!(refused.status == 409 && refused.text().contains("value=\"-5\""), "{}", refused.text());
}

async fn computed_in_private(room: &str, gwangmyeong: &Person, others: &[(&str, &Person); 3]) -> String {
    let own = led_to(&gwangmyeong.submit(&format!("{room}/new"), "model", &LIBRARY).await);
    assert!(own.starts_with(&format!("{room}/own/canary-run?")), "{own}");
    let page = gwangmyeong.page(&own).await;
    assert!(page.contains("55,000,000,000") && page.contains("45,000,000,000") && page.contains("CANARY Library"), "{page}");
    assert!(page.contains("Only your body sees this computation"), "{page}");
    let own = own.split('?').next().unwrap().to_owned();
    let case = room.trim_end_matches("/allocation");
    for (who, person) in others {
        for path in [room, case, &format!("{case}/record"), "/"] {
            let page = person.page(path).await;
            assert!(!page.contains("CANARY") && !page.contains("canary-run"), "{who} finds it in {path}: {page}");
        }
        for look in ["", "/compare", "/fairness", "/why", "/questions", "/table", "/ask/what_if"] {
            assert_eq!(person.look(&format!("{own}{look}")).await.status, 404, "{who}: {look}");
        }
    }
    // Who is no delegate, or no party, is not offered to compute, and is refused when asking by hand.
    for (who, person) in &others[1..] {
        assert!(!person.page(room).await.contains(&format!("{room}/new")), "{who}");
        assert_eq!(person.look(&format!("{room}/new")).await.status, 404, "{who}");
        let forged = person
            .forge(
                &format!("{room}/new"),
                &library(&[
                    ("body", "seoul"),
                    ("c", "1"),
                    ("c0.member", "seoul"),
                    ("c0.currency", "KRW"),
                    ("currency", "KRW"),
                    ("c0.costs", "none"),
                    ("c0.rule", "equal"),
                ]),
            )
            .await;
        assert_eq!(forged.status, 403, "{who}: {}", forged.text());
    }
    own
}

async fn tabled_it_is_seen(client: &Client, room: &str, own: &str, gwangmyeong: &Person, seoul: &Person) {
    let tabling = format!("{own}/table");
    let wrong = gwangmyeong.submit(&tabling, "table", &[("name", SCRIPT)]).await;
    assert!(wrong.status == 422 && !wrong.text().contains(SCRIPT) && wrong.text().contains("&#60;script&#62;"), "{}", wrong.text());
    let own_clerk = Person::of(client, "gwangmyeong", "clerk").await;
    assert_eq!(own_clerk.look(&tabling).await.status, 404);
    assert_eq!(own_clerk.forge(&tabling, &[("name", "library")]).await.status, 404);
    assert_eq!(seoul.forge(&tabling, &[("name", "library")]).await.status, 404, "it has no such run of its own");
    let page = gwangmyeong.does(&tabling, "table", &[("name", "library")]).await;
    assert!(page.contains("55,000,000,000") && !page.contains("Only your body sees"), "{page}");
    let seen = seoul.page(room).await;
    assert!(seen.contains("CANARY Library") && seen.contains("55,000,000,000") && !seen.contains("canary-run"), "{seen}");
}

async fn looked_at(room: &str, seoul: &Person) {
    let run = format!("{room}/runs/library");
    let compare = seoul.page(&format!("{run}/compare")).await;
    for said in ["Shapley value", "Nucleolus", "Equal", "45.00 %", "−15,000,000,000", "href=\"/rules/shapley\"", "data-chart=\"bars\""] {
        assert!(compare.contains(said), "{said}: {compare}");
    }
    let fairness = seoul.page(&format!("{run}/fairness")).await;
    assert!(fairness.contains("15,000,000,000") && fairness.contains("No group of members would pay less"), "{fairness}");
    let why = seoul.page(&format!("{run}/why")).await;
    assert!(why.contains("id=\"why-canary-library-seoul\"") && why.contains("Gwangmyeong City") && why.contains("45,000,000,000"), "{why}");
    let sheet = seoul.page(&run).await;
    assert!(sheet.contains("/why#why-canary-library-seoul") && sheet.contains("/runs/library/workbook"), "{sheet}");
    assert_eq!(seoul.look(&format!("{room}/runs/nowhere")).await.status, 404);
    assert_eq!(seoul.look(&format!("{room}/runs/library/nowhere")).await.status, 404);
    assert_eq!(seoul.look(&format!("{room}/elsewhere/library")).await.status, 404);
}

async fn what_if(room: &str, seoul: &Person, gwangmyeong: &Person) {
    let ask = format!("{room}/runs/library/ask/what_if");
    let overrun = "overrun.canary-library";
    let wrong = seoul.submit(&ask, "ask", &[(overrun, SCRIPT), ("study", "canary-study")]).await;
    let page = wrong.text();
    assert!(wrong.status == 422 && page.contains("is no number") && !page.contains(SCRIPT), "{page}");
    assert!(page.contains("value=\"canary-study\""), "nothing typed is lost: {page}");
    let nothing = seoul.submit(&ask, "ask", &[("study", "canary-study")]).await;
    assert!(nothing.status == 422 && nothing.text().contains("Nothing would be otherwise"), "{}", nothing.text());
    let answer = led_to(&seoul.submit(&ask, "ask", &[(overrun, "10 %"), ("study", "canary-study")]).await);
    let page = comes(seoul, &answer, "110,000,000,000").await;
    assert!(page.contains("+10 %") && page.contains("Only your body sees this question"), "{page}");
    let own = answer.split('?').next().unwrap();
    assert_eq!(gwangmyeong.look(own).await.status, 404);
    assert!(!gwangmyeong.page(&format!("{room}/runs/library/questions")).await.contains("canary-study"));

    let search = format!("{room}/runs/library/ask/search");
    let found = led_to(&seoul.submit(&search, "ask", &[("at-most", "460억"), ("study", "canary-search")]).await);
    assert!(comes(seoul, &found, "Way 1").await.contains("Seoul"), "the asker is among those whom it moves");
    for (kind, fields) in [
        ("exit", &[("paid", "1억"), ("residual", "half"), ("study", "canary-exit")][..]),
        ("settlement", &[("paid.seoul", "much"), ("study", "canary-settled")][..]),
        ("accession", &[("joins", "guro"), ("joins-alone.canary-library", "1억"), ("since", "yesterday"), ("study", "canary-joins")][..]),
    ] {
        let wrong = seoul.submit(&format!("{room}/runs/library/ask/{kind}"), "ask", fields).await;
        assert!(wrong.status == 422 && wrong.text().contains("role=\"alert\""), "{kind}: {}", wrong.text());
    }

    let page = seoul.does(own, "table", &[("name", "ten-percent-more")]).await;
    assert!(page.contains("110,000,000,000"), "{page}");
    let seen = gwangmyeong.page(&format!("{room}/runs/library/questions")).await;
    assert!(seen.contains("ten-percent-more") && !seen.contains("canary-search"), "{seen}");
    assert!(gwangmyeong.page(&format!("{room}/studies/runs/ten-percent-more")).await.contains("110,000,000,000"));
}

async fn a_position_is_taken(room: &str, gwangmyeong: &Person, clerk: &Person) {
    let figures = format!("{room}/runs/library/figures");
    let wrong = [("figure", "cost:canary-library"), ("position", "disputes"), ("own", "a lot")];
    let back = gwangmyeong.submit(&figures, "stand", &wrong).await;
    let page = back.text();
    assert!(back.status == 422 && page.contains("is no number") && page.contains("value=\"a lot\""), "{page}");
    assert!(page.contains("value=\"disputes\" checked"), "{page}");
    let position = [("figure", "cost:canary-library"), ("position", "disputes"), ("own", "1,100억")];
    assert!(!clerk.is_offered(&figures, "stand").await);
    assert_eq!(clerk.forge(&figures, &position).await.status, 403);
    for (figure, status) in [("cost:nothing", 409), ("nonsense", 422)] {
        let forged = gwangmyeong.forge(&figures, &[("figure", figure), ("position", "accepts")]).await;
        assert_eq!(forged.status, status, "{figure}: {}", forged.text());
    }
    let page = gwangmyeong.does(&figures, "stand", &position).await;
    assert!(page.contains("disputes it, says 110,000,000,000"), "{page}");
    assert!(clerk.page(&figures).await.contains("disputes it, says 110,000,000,000"), "everyone in the case reads it");
}

async fn begun_from_files(room: &str, gwangmyeong: &Person) {
    let new = format!("{room}/new");
    let table = |costs: &str| format!("coalition,cost\ngwangmyeong,{costs}\nseoul,600\n").into_bytes();
    let typed = library(&[("do", "refresh"), ("c0.costs", "none")]);
    let bad = gwangmyeong.upload(&new, "model", &typed, &[("c0.table", "costs.csv", &table("7oo"))]).await;
    let page = bad.text();
    assert!(
        bad.status == 422 && page.contains("B2") && page.contains("7oo") && page.contains("value=\"1,000억\""),
        "the cell is named: {page}"
    );
    let good = gwangmyeong.upload(&new, "model", &typed, &[("c0.table", "costs.csv", &table("700"))]).await;
    assert!(good.status == 200 && good.text().contains("table of 2 sets"), "{}", good.text());
    let nonsense = gwangmyeong.upload(&new, "model", &typed, &[("model", "model.json", b"{\"currency\":1}")]).await;
    assert!(nonsense.status == 422 && nonsense.text().contains("is no model"), "{}", nonsense.text());
    let skane = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/skane.json")).unwrap();
    let loaded = gwangmyeong.upload(&new, "model", &typed, &[("model", "skane.json", &skane)]).await;
    assert!(loaded.status == 200 && loaded.text().contains("value=\"83,820,000\"") && loaded.text().contains("sets"), "{}", loaded.text());
    let copied = gwangmyeong.page(&format!("{new}?place=runs&run=library")).await;
    assert!(copied.contains("value=\"100,000,000,000\"") && copied.contains("value=\"70,000,000,000\""), "{copied}");
}

/// Sends the form as a page has it, with some fields filled in, and gives the page that comes back with a row more or with what is wrong.
async fn onwards(person: &Person, new: &str, page: &str, status: u16, fields: &[(&str, &str)]) -> String {
    let answer = person.submit_of(page, new, "model", fields).await;
    assert_eq!(answer.status, status, "{fields:?}: {}", answer.text());
    answer.text()
}

async fn money_abroad_and_between_members(room: &str, gwangmyeong: &Person) {
    let new = format!("{room}/new");
    let typed = library(&[
        ("name", "abroad"),
        ("c0.cost", "1,000"),
        ("c0.alone.gwangmyeong", "700"),
        ("c0.alone.seoul", "600"),
        ("c0.currency", "usd"),
        ("do", "c0.add-transfer"),
    ]);
    let page = onwards(gwangmyeong, &new, &gwangmyeong.page(&new).await, 200, &typed).await;
    let paid = [("c0.x0.ko", "주민지원금"), ("c0.x0.to", "gwangmyeong"), ("c0.x0.amount", "10"), ("do", "compute")];
    let page = onwards(gwangmyeong, &new, &page, 422, &paid).await;
    assert!(page.contains("what USD is worth in KRW is not said") && page.contains("value=\"주민지원금\""), "{page}");
    let rated = [("rate.USD.worth", "1,300"), ("rate.USD.on", "30.11.2026"), ("rate.USD.source", "bank"), ("do", "compute")];
    let page = onwards(gwangmyeong, &new, &page, 422, &rated).await;
    assert!(page.contains("is no day") && page.contains("value=\"1,300\""), "{page}");
    let page = onwards(gwangmyeong, &new, &page, 422, &[("rate.USD.on", "2026-11-30"), ("c0.x0.to", "mars!"), ("do", "compute")]).await;
    assert!(page.contains("is none of the choices"), "{page}");
    let answer = gwangmyeong.submit_of(&page, &new, "model", &[("c0.x0.to", "gwangmyeong"), ("do", "compute")]).await;
    // 550 and 450 by the Shapley value; the other pays the host 10; a dollar is 1,300 won.
    let sheet = gwangmyeong.page(&led_to(&answer)).await;
    assert!(sheet.contains("702,000") && sheet.contains("598,000"), "{sheet}");
    let copied = gwangmyeong.page(&format!("{new}?place=own&run=abroad")).await;
    for kept in ["value=\"주민지원금\"", "value=\"1,300\"", "value=\"2026-11-30\"", "value=\"bank\""] {
        assert!(copied.contains(kept), "{kept}: {copied}");
    }
    // Back in the currency of the model no rate is asked for.
    let page = onwards(gwangmyeong, &new, &copied, 200, &[("c0.currency", "KRW"), ("do", "c0.x0.drop")]).await;
    assert!(!page.contains("name=\"rate.USD") && !page.contains("name=\"c0.x0"), "{page}");
}

async fn costs_by_a_curve_and_by_a_network(room: &str, gwangmyeong: &Person) {
    let new = format!("{room}/new");
    let typed = library(&[("name", "curve"), ("c0.cost", "5,000,000"), ("c0.costs", "capacity"), ("c0.a", "1,000,000"), ("c0.b", "0.5")]);
    let page = onwards(gwangmyeong, &new, &gwangmyeong.page(&new).await, 422, &typed).await;
    assert!(page.contains("No figures are chosen to share by"), "{page}");
    let page = onwards(gwangmyeong, &new, &page, 200, &[("do", "add-measure")]).await;
    let figures =
        [("c0.need", "d0"), ("d0.ko", "반입량"), ("d0.year", "2026"), ("d0.of.gwangmyeong", "16"), ("d0.of.seoul", "9"), ("do", "compute")];
    let answer = gwangmyeong.submit_of(&page, &new, "model", &figures).await;
    // Alone 4 and 3 million, together 5: each saves one.
    let sheet = gwangmyeong.page(&led_to(&answer)).await;
    assert!(sheet.contains("3,000,000") && sheet.contains("2,000,000"), "{sheet}");

    let mut page = gwangmyeong.page(&format!("{new}?place=own&run=curve")).await;
    assert!(page.contains("value=\"capacity\" selected") && page.contains("value=\"0.5\""), "{page}");
    for _ in 0..3 {
        page = onwards(gwangmyeong, &new, &page, 200, &[("c0.costs", "network"), ("do", "c0.add-link")]).await;
    }
    let links = [
        ("name", "network"),
        ("c0.cost", "4,000,000"),
        ("c0.l0.to", "gwangmyeong"),
        ("c0.l0.cost", "4,000,000"),
        ("c0.l1.to", "seoul"),
        ("c0.l1.cost", "3,000,000"),
        ("c0.l2.from", "gwangmyeong"),
        ("c0.l2.to", "seoul"),
        ("c0.l2.cost", "one"),
        ("do", "compute"),
    ];
    let page = onwards(gwangmyeong, &new, &page, 422, &links).await;
    assert!(page.contains("Link 3: “one” is no number") && page.contains("value=\"3,000,000\""), "{page}");
    let answer = gwangmyeong.submit_of(&page, &new, "model", &[("c0.l2.cost", "1,000,000"), ("do", "compute")]).await;
    // Alone 4 and 3 million, together 4 over the link between them: each saves one and a half.
    let sheet = gwangmyeong.page(&led_to(&answer)).await;
    assert!(sheet.contains("2,500,000") && sheet.contains("1,500,000"), "{sheet}");
    let copied = gwangmyeong.page(&format!("{new}?place=own&run=network")).await;
    assert!(copied.contains("value=\"network\" selected") && copied.contains("name=\"c0.l2.cost\""), "{copied}");
}

/// What takes long is listed as such for whoever asked, and can be called off.
async fn called_off(room: &str, gwangmyeong: &Person, seoul: &Person) {
    let model = plant("per_capita_nucleolus", 24).to_string().into_bytes();
    let new = format!("{room}/new");
    let fields = [("name", "endless"), ("do", "compute"), ("c0.ko", "x"), ("c0.cost", "1")];
    let own = led_to(&gwangmyeong.upload(&new, "model", &fields, &[("model", "plant.json", &model)]).await);
    let page = gwangmyeong.page(&own).await;
    assert!(page.contains("<progress") && page.contains("id=\"cancel-endless\""), "{page}");
    assert!(!seoul.page(room).await.contains("endless"));
    let page = gwangmyeong.does(room, "cancel-endless", &[]).await;
    assert!(!page.contains("cancel-endless"), "{page}");
    let twice = gwangmyeong.forge(&format!("{room}/cancel"), &[("run", "endless")]).await;
    assert_eq!(twice.status, 409, "{}", twice.text());
}
