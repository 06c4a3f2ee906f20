//! The agreement as a document.

use std::collections::BTreeMap;

use proto::digest::Digest;
use proto::id::GovernmentId;
use proto::money::{Currency, Money};
use proto::term::Value;
use proto::words::Names;
use signing::agreement::{Agreement, NoAgreement};
use signing::readable::{Language, money, readable};

use crate::table::*;

/// All but Seoul have signed by key, and Guro's key was compromised.
fn signed() -> Agreement {
    let mut table = Table::open();
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        table.done(&format!("{party}-mayor"), sign(&format!("{party}-mayor")));
    }
    table.revoke("guro-mayor", "a", Some("2000-04-10T00:00:00Z"));
    Agreement::of(case(), &table.state()).unwrap()
}

fn signed_on_paper() -> Agreement {
    let mut table = Table::open();
    table.act("seoul-clerk", paper(), Some(&on("2000-04-10"))).unwrap();
    table.act("gwangmyeong-clerk", paper(), Some(&on("2000-04-10"))).unwrap();
    Agreement::of(case(), &table.state()).unwrap()
}

fn called() -> BTreeMap<GovernmentId, Names> {
    [("guro", "Guro", "구로구"), ("gwangmyeong", "Gwangmyeong", "광명시"), ("gyeonggi", "Gyeonggi", "경기도"), ("seoul", "Seoul", "서울시")]
        .into_iter()
        .map(|(id, en, ko)| (body(id), Names::new(en, ko)))
        .collect()
}

#[test]
fn the_document_holds_all_that_was_frozen_and_signed() {
    let agreement = signed();
    assert_eq!(agreement.agreement, crate::table::agreement());
    assert_eq!(agreement.text, text());
    assert_eq!(agreement.allocation.as_ref().unwrap().result, run().1);
    assert_eq!(agreement.matrix.as_ref().unwrap().len(), 1);
    assert_eq!(agreement.signatures.len(), 3);
    let bytes = agreement.canonical().unwrap();
    let back: Agreement = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(back, agreement);
    assert_eq!(back.canonical().unwrap(), bytes);
}

#[test]
fn every_part_is_the_one_whose_digest_was_frozen() {
    let good = signed();
    let wrong = |change: fn(&mut Agreement)| {
        let mut changed = good.clone();
        change(&mut changed);
        changed.check()
    };
    assert_eq!(good.check(), Ok(()));
    assert_eq!(wrong(|a| a.agreement = Digest::of(b"x")), Err(NoAgreement::OtherPart("agreement")));
    assert_eq!(wrong(|a| a.text.title.en.push('!')), Err(NoAgreement::OtherPart("text")));
    assert_eq!(wrong(|a| a.allocation = None), Err(NoAgreement::OtherPart("allocation")));
    let model = |a: &mut Agreement| a.allocation.as_mut().unwrap().model.currency = "EUR".to_owned().try_into().unwrap();
    assert_eq!(wrong(model), Err(NoAgreement::OtherPart("model of the allocation")));
    assert_eq!(wrong(|a| a.matrix.as_mut().unwrap().clear()), Err(NoAgreement::OtherPart("authority matrix")));
}

#[test]
fn there_is_no_document_of_what_is_not_frozen() {
    assert_eq!(Agreement::of(case(), &Table::new().state()), Err(NoAgreement::NotFrozen));
    let mut table = Table::frozen();
    table.happens(proto::authority::Event::FunctionRemoved {
        function: "burning".parse().unwrap(),
        by: body("seoul"),
        matrix: None,
        open: Vec::new(),
    });
    assert_eq!(Agreement::of(case(), &table.state()), Err(NoAgreement::OtherPart("authority matrix")));
}

#[test]
fn the_english_text_reads_like_this() {
    let expected = format!(
        "# Waste for sewage

- Parties: Guro, Gwangmyeong, Gyeonggi, Seoul
- Legal form: kr-agreement
- Case: 01890a5d-ac96-774b-bcce-b302099a8057
- What is signed (SHA-256): {}

## article-2. Sewage

Gayang treats it.

## article-10. Disputes

협의하여 정한다.

## Agreed values

| Term | Value |
|---|---|
| Ash | Guro: takes \\| it back |
| Resident support | KRW 5,000,000,000 (called: 40 %) |
| Running cost | 12.5% |
| Sewage | 180,000 t/day |
| Start | 1 June 2000 |

## Who pays what

| Component | External money | Gwangmyeong | Seoul |
|---|---|---|---|
| Incinerator | KRW 860,000,000 | KRW 22,270,000,000 | KRW 22,270,000,000 |
| Total |  | KRW 22,270,000,000 | KRW 22,270,000,000 |

## Who decides, pays, operates

| Function | Decides | Pays | Operates | Is consulted |
|---|---|---|---|---|
| Burning waste | Gwangmyeong (Wastes Control Act) | Seoul | Gwangmyeong | Guro |

## Signatures

- Guro: guro-mayor, signed with key `a`, 2000-04-10T01:00:00Z; **in doubt**: the key was compromised from 2000-04-10T00:00:00Z
- Gwangmyeong: gwangmyeong-mayor, signed with key `a`, 2000-04-10T01:00:00Z
- Gyeonggi: gyeonggi-mayor, signed with key `a`, 2000-04-10T01:00:00Z
- Seoul: not signed
",
        agreement(),
    );
    assert_eq!(readable(&signed(), &called(), Language::English), expected);
}

#[test]
fn the_korean_text_has_korean_headings_names_and_money() {
    let korean = readable(&signed(), &called(), Language::Korean);
    for line in [
        "# 환경빅딜",
        "- 당사자: 구로구, 광명시, 경기도, 서울시",
        "가양에서 처리한다.",
        "| 주민지원금 | 5,000,000,000원 (50억 원) (통칭: 40 %) |",
        "| 개시 | 2000년 6월 1일 |",
        "| 소각장 | 860,000,000원 (8억 6,000만 원) | 22,270,000,000원 (222억 7,000만 원) | 22,270,000,000원 (222억 7,000만 원) |",
        "| 소각 | 광명시 (Wastes Control Act) | 서울시 | 광명시 | 구로구 |",
    ] {
        assert!(korean.lines().any(|l| l == line), "{line} is missing in\n{korean}");
    }
    assert!(korean.contains("**의심**"));
}

#[test]
fn an_option_that_was_agreed_goes_by_its_name() {
    let mut agreement = signed();
    let term = agreement.text.terms.get_mut(&"running-cost".parse().unwrap()).unwrap();
    term.value = Value::Choice("by-waste-delivered".to_owned());
    term.option = Some(Names::new("By waste delivered", "반입량 비례"));
    for (language, line) in [(Language::English, "| Running cost | By waste delivered |"), (Language::Korean, "| 운영비 | 반입량 비례 |")]
    {
        let text = readable(&agreement, &called(), language);
        assert!(text.lines().any(|l| l == line), "{text}");
    }
}

#[test]
fn a_signature_on_paper_says_who_attested_it() {
    let scan = scan().digest;
    let english = readable(&signed_on_paper(), &called(), Language::English);
    let line = format!(
        "- Guro: guro-mayor, 10 April 2000, paper, attested by seoul-clerk (Seoul), gwangmyeong-clerk (Gwangmyeong); scan SHA-256 {scan}"
    );
    assert!(english.lines().any(|l| l == line), "{english}");
    let korean = readable(&signed_on_paper(), &called(), Language::Korean);
    let line = format!(
        "- 서울시: seoul-mayor, 2000년 4월 10일 종이 서명, 확인: seoul-clerk (서울시), gwangmyeong-clerk (광명시); 스캔 SHA-256 {scan}"
    );
    assert!(korean.lines().any(|l| l == line), "{korean}");
}

#[test]
fn a_body_without_a_name_is_called_by_its_id() {
    let agreement = Agreement::of(case(), &Table::open().state()).unwrap();
    let english = readable(&agreement, &BTreeMap::new(), Language::English);
    assert!(english.ends_with("- guro: not signed\n- gwangmyeong: not signed\n- gyeonggi: not signed\n- seoul: not signed\n"));
}

#[test]
fn money_is_legible() {
    let euro = |text: &str| Money { amount: text.parse().unwrap(), currency: Currency::try_from("EUR".to_owned()).unwrap() };
    for (amount, english, korean) in [
        (Money::krw(0), "KRW 0", "0원"),
        (Money::krw(9_999), "KRW 9,999", "9,999원"),
        (Money::krw(123_456_789), "KRW 123,456,789", "123,456,789원 (1억 2,345만 6,789 원)"),
        (Money::krw(1_000_000_000_000), "KRW 1,000,000,000,000", "1,000,000,000,000원 (1조 원)"),
        (Money::krw(-50_000), "KRW -50,000", "-50,000원"),
        (euro("1234567.5"), "EUR 1,234,567.50", "1,234,567.50 EUR"),
        (euro("0.1234"), "EUR 0.1234", "0.1234 EUR"),
    ] {
        assert_eq!((money(amount, Language::English).as_str(), money(amount, Language::Korean).as_str()), (english, korean));
    }
}
