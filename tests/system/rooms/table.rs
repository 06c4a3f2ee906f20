//! The table: offers written, answered and compared through forms; what one's own side keeps to itself; what is not offered and refused by hand.

use crate::client::{Client, guro_until, play};
use crate::person::Person;
use crate::platform;

const SCRIPT: &str = "<script>alert(1)</script>";
const ESCAPED: &str = "&#60;script&#62;alert(1)&#60;/script&#62;";

/// Persons at the table, with offer 2 of Gwangmyeong open to Seoul, whose mandate ends at 5,000,000,000 for resident support.
struct Table {
    client: Client,
    /// Its address.
    path: String,
    seoul: Person,
    gwangmyeong: Person,
    guro: Person,
    clerk: Person,
}

impl Table {
    /// Where offer 2 is answered.
    fn counter(&self) -> String {
        format!("{}/new?to=2", self.path)
    }

    /// Nobody but Seoul sees any of this.
    async fn hidden_from_others(&self, words: &[&str]) {
        let record = self.path.replace("/table", "/record");
        for (who, person) in [("gwangmyeong", &self.gwangmyeong), ("guro", &self.guro)] {
            for path in [&self.path, &record] {
                let page = person.page(path).await;
                for word in words {
                    assert!(!page.contains(word), "{who} reads `{word}` at {path}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_written_answered_and_agreed_through_forms() {
    let site = platform::start(|_| {}).await;
    let stage = play(&site, "table", &guro_until("# Seoul's delegate would accept.")).await;
    let client = Client::new(&site);
    let table = Table {
        path: format!("/cases/{}/table", stage.case()),
        seoul: Person::of(&client, "seoul", "delegate").await,
        gwangmyeong: Person::of(&client, "gwangmyeong", "delegate").await,
        guro: Person::of(&client, "guro", "delegate").await,
        clerk: Person::of(&client, "seoul", "clerk").await,
        client,
    };
    only_whose_turn_it_is(&table).await;
    nothing_typed_is_lost(&table).await;
    above_the_mandate(&table).await;
    a_draft_stays_inside(&table).await;
    countered_and_compared(&table).await;
    sent_back_improved_agreed(&table).await;
    terms_are_defined(&table).await;
    what_a_dispute_holds_is_not_dropped(&table).await;
    site.stop().await;
}

/// What is not offered is refused when it is posted by hand.
async fn only_whose_turn_it_is(table: &Table) {
    let before = table.client.quiet().await;
    for form in ["accept", "send-back"] {
        assert!(table.seoul.is_offered(&table.path, form).await, "{form}");
        for (who, person) in [("gwangmyeong", &table.gwangmyeong), ("guro", &table.guro), ("a clerk", &table.clerk)] {
            assert!(!person.is_offered(&table.path, form).await, "{who}: {form}");
        }
    }
    assert!(table.gwangmyeong.is_offered(&table.path, "withdraw").await && !table.seoul.is_offered(&table.path, "withdraw").await);
    for (person, status) in [(&table.seoul, 200), (&table.guro, 404), (&table.clerk, 404), (&table.gwangmyeong, 404)] {
        assert_eq!(person.look(&table.counter()).await.status, status);
    }
    let mandate = "01890a5d-ac96-774b-bcce-b302099a8001";
    let counter = [
        ("counter", "2"),
        ("value-resident-support", "40억"),
        ("value-construction-share", "227억"),
        ("mandate", mandate),
        ("act", "table"),
    ];
    for (who, person, status) in [("guro", &table.guro, 409), ("a clerk", &table.clerk, 403)] {
        let answers: [(&str, &[(&str, &str)]); 4] = [
            ("accept", &[("offer", "2"), ("mandate", mandate)]),
            ("send-back", &[("offer", "2"), ("why", SCRIPT)]),
            ("withdraw", &[("offer", "2")]),
            ("offer", &counter),
        ];
        for (act, fields) in answers {
            let answer = person.forge(&format!("{}/{act}", table.path), fields).await;
            assert_eq!(answer.status, status, "{who} {act}: {}", answer.text());
            assert!(!answer.text().contains(SCRIPT), "{who} {act}");
        }
    }
    for (fields, act) in [(vec![("offer", "two"), ("mandate", mandate)], "accept"), (vec![("offer", "2"), ("mandate", "")], "accept")] {
        let answer = table.seoul.forge(&format!("{}/{act}", table.path), &fields).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
    }
    assert_eq!(table.client.quiet().await, before, "nothing was recorded");
}

/// What cannot be read comes back as it was typed, with the reason at the field.
async fn nothing_typed_is_lost(table: &Table) {
    let fields = [
        ("value-resident-support", "abc<script>alert(1)</script>"),
        ("label-resident-support", SCRIPT),
        ("value-sewage", "18,00,00"),
        ("value-construction-share", ""),
        ("label-total", "alone"),
        ("ko-article-3", SCRIPT),
        ("expires", "2000-02-30"),
        ("draft", SCRIPT),
        ("act", "table"),
    ];
    let answer = table.seoul.submit(&table.counter(), "write", &fields).await;
    let page = answer.text();
    assert_eq!(answer.status, 422, "{page}");
    assert!(!page.contains(SCRIPT), "{page}");
    let said = [
        "5 fields need another look",
        &format!("value=\"abc{ESCAPED}\""),
        &format!("value=\"{ESCAPED}\""),
        "value=\"18,00,00\"",
        "value=\"alone\"",
        "Offer 2 has this term",
        "There is a label and no value",
        "2000-02-30",
    ];
    for words in said {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains(&format!("name=\"ko-article-3\">\n{ESCAPED}")), "the wording is there: {page}");
    // All clauses go with the page in both languages: nine bytes a letter.
    let long = "가".repeat(40_000);
    let looked = table.seoul.submit(&table.counter(), "write", &[("ko-article-3", &long), ("act", "check")]).await;
    assert!(looked.status == 200 && looked.text().contains(&long), "{}", looked.status);
    let looked = table.seoul.submit(&table.counter(), "write", &[("value-resident-support", "38.125억"), ("act", "check")]).await;
    assert!(looked.status == 200 && looked.text().contains("This is what would be tabled"), "{}", looked.text());
    assert!(looked.text().contains("KRW 3,812,500,000") && looked.text().contains("−2,487.5"), "{}", looked.text());
}

/// Whoever goes beyond the mandate is told so, alone, and nothing is recorded.
async fn above_the_mandate(table: &Table) {
    let before = table.client.quiet().await;
    let fields = [("value-resident-support", "60억 1만"), ("label-resident-support", "half"), ("act", "table")];
    let answer = table.seoul.submit(&table.counter(), "write", &fields).await;
    let page = answer.text();
    assert_eq!(answer.status, 409, "{page}");
    for words in
        ["Seoul&#39;s share of resident support", "Above your mandate", "value=\"60억 1만\"", "KRW 6,000,010,000", "value=\"half\""]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(table.client.quiet().await, before, "nothing was recorded");
    assert!(
        table.seoul.page(&format!("{}?term=resident-support", table.path)).await.contains("Mandate ceiling"),
        "the own ceiling is drawn"
    );
    table.hidden_from_others(&["Mandate ceiling", "\"5000000000", " 5,000,000,000", "6000010000", "6,000.01"]).await;
}

async fn a_draft_stays_inside(table: &Table) {
    let name = "canary-7781 <script>alert(1)</script>";
    let fields = [("value-resident-support", "41.7억"), ("draft", name), ("act", "draft")];
    let page = table.seoul.does(&table.counter(), "write", &fields).await;
    assert!(page.contains(&format!("canary-7781 {ESCAPED}")) && !page.contains(SCRIPT), "{page}");
    assert!(page.contains("Private · for your side only"));
    table.hidden_from_others(&["canary-7781", "4170000000", "4,170"]).await;
    let again = serde_html_form::to_string([("draft", name), ("to", "2")]).unwrap();
    let page = table.seoul.page(&format!("{}/new?{again}", table.path)).await;
    assert!(page.contains("value=\"4,170,000,000\"") && page.contains("value=\"22,700,000,000\""), "{page}");
}

async fn countered_and_compared(table: &Table) {
    let fields = [
        ("value-resident-support", "37.8억"),
        ("label-resident-support", "30 %"),
        ("ko-article-3", "서울특별시는 건설비와 주민지원기금의 분담금을 3년간 분할하여 지급한다."),
        ("expires", "2000-02-29"),
        ("act", "table"),
    ];
    table.seoul.does(&table.counter(), "write", &fields).await;
    let page = table.gwangmyeong.page(&table.path).await;
    let said = [
        "−2,520",
        "“30 %”",
        "“50 %”",
        "Made within a mandate",
        "<ins><span class=\"hidden\">[added] </span>3년간</ins>",
        "counters offer 2",
        "29 Feb 2000",
    ];
    for words in said {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(table.gwangmyeong.is_offered(&table.path, "accept").await && !table.seoul.is_offered(&table.path, "accept").await);
    assert!(!table.seoul.is_offered(&format!("{}?offer=2", table.path), "accept").await, "offer 2 is answered");
    let pair = table.guro.page(&format!("{}?from=1&to=3", table.path)).await;
    assert!(pair.contains("left out") && pair.contains("added") && pair.contains("End comparing"), "{pair}");
    for odd in ["?from=x&to=99", "?offer=99", "?term=none&offer=", "?from=3&to=3"] {
        table.guro.page(&format!("{}{odd}", table.path)).await;
    }
}

async fn sent_back_improved_agreed(table: &Table) {
    table.gwangmyeong.does(&table.path, "send-back", &[("why", &format!("our residents {SCRIPT}"))]).await;
    let page = table.seoul.page(&table.path).await;
    assert!(page.contains(&format!("our residents {ESCAPED}")) && !page.contains(SCRIPT), "{page}");
    let improve = format!("{}/new?improve=3", table.path);
    let fields = [("value-resident-support", "50억"), ("label-resident-support", "40 %"), ("act", "table")];
    table.seoul.does(&improve, "write", &fields).await;
    table.gwangmyeong.does(&table.path, "accept", &[]).await;
    let page = table.guro.page(&table.path).await;
    assert!(page.contains("KRW 5,000 million") && page.contains("“40 %”"), "{page}");
    assert!(!table.seoul.is_offered(&table.path, "withdraw").await, "what is agreed stays");
}

async fn terms_are_defined(table: &Table) {
    let name = format!("Ash {SCRIPT}");
    let fields = [("ko", "소각재"), ("en", name.as_str()), ("kind", "quantity"), ("unit", " ")];
    let answer = table.guro.submit(&table.path, "define-term", &fields).await;
    assert!(
        answer.status == 422 && answer.text().contains("Write the unit") && answer.text().contains("value=\"소각재\""),
        "{}",
        answer.text()
    );
    let page = table
        .guro
        .does(
            &table.path,
            "define-term",
            &[("ko", "소각재"), ("en", &name), ("kind", "choice"), ("options", "함께 / 같이\r\n\r\nSeoul\r\n따로 / Apart")],
        )
        .await;
    assert!(page.contains(&format!("Ash {ESCAPED}")) && page.contains("같이 / Seoul / Apart") && !page.contains(SCRIPT), "{page}");
    assert!(table.guro.page(&format!("{}?lang=ko", table.path)).await.contains("함께 / Seoul / 따로"));
    assert!(!table.clerk.is_offered(&table.path, "define-term").await);
    let forged = table.clerk.forge(&format!("{}/define-term", table.path), &fields[..3]).await;
    assert_eq!(forged.status, 422, "a quantity wants a unit: {}", forged.text());
    let forged = table.clerk.forge(&format!("{}/define-term", table.path), &[("ko", "가"), ("en", "A"), ("kind", "text")]).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
}

/// Whoever was writing when a dispute was opened is told of the term that it holds, and nothing else is tabled without it.
async fn what_a_dispute_holds_is_not_dropped(table: &Table) {
    let disputes = table.path.replace("/table", "/disputes");
    table.guro.does(&disputes, "open", &[("title-en", "Sewage"), ("terms", "sewage"), ("with", "seoul")]).await;
    let before = table.client.quiet().await;
    let fields = [("value-sewage", "170,000"), ("value-total", "200억"), ("to", "guro"), ("act", "table")];
    let answer = table.seoul.forge(&format!("{}/offer", table.path), &fields).await;
    let page = answer.text();
    assert!(
        answer.status == 422 && page.contains("“170,000” is not part of the offer: dispute 1") && page.contains("value=\"200억\""),
        "{page}"
    );
    assert_eq!(table.client.quiet().await, before, "nothing was recorded");
}
