//! Whatever is wrong in a table is said, with its cell.

use gateway::problem::{Language, Problem};
use gateway::tables::{File, coalitions};
use proto::message;
use proto::money::Currency;
use proto::table::{Fault, Format, Refusal};
use rust_xlsxwriter::{ExcelDateTime, Format as Look};
use serde_json::Value;

use crate::files::{open_document, row, workbook};
use crate::{faults, figures_of, members, of, read};

/// A table that is right but for the cost of `b`.
fn but(cost: &str) -> Vec<Fault> {
    faults(read(&format!("coalition;cost\na;100\nb;{cost}\nc;1\na+b;1\na+c;1\nb+c;1\n")))
}

#[test]
fn a_cost_that_is_none_is_named_with_its_cell() {
    let (at, text) = (|| "B3".to_owned(), |text: &str| text.to_owned());
    assert_eq!(but("?"), [Fault::NotANumber { at: at(), text: text("?") }]);
    assert_eq!(but("1.234,5"), [Fault::Separator { at: at(), text: text("1.234,5") }]);
    assert_eq!(but("0.5"), [Fault::TooFine { at: at(), text: text("0.5") }]);
    assert_eq!(but("-5"), [Fault::Negative { at: at(), text: text("-5") }]);
    assert_eq!(but("$5"), [Fault::OtherCurrency { at: at(), text: text("$5"), currency: Currency::KRW }]);
    assert_eq!(but("5억원"), [Fault::OtherUnit { at: at(), text: text("5억원") }]);
    assert_eq!(but(""), [Fault::Blank { at: at() }, Fault::Missing { of: text("b") }]);
    assert_eq!(but("5;6"), [Fault::Beside { at: text("C3"), text: text("6") }]);
    let head = faults(read("조합;비용(천원)\na;1\nb;1\nc;1\na+b;1\na+c;1\nb+c;1\n"));
    assert_eq!(head, [Fault::OtherUnit { at: text("B1"), text: text("비용(천원)") }]);
    let head = faults(read("coalition;cost (USD)\na;1\nb;1\nc;1\na+b;1\na+c;1\nb+c;1\n"));
    assert_eq!(head, [Fault::OtherCurrency { at: text("B1"), text: text("cost (USD)"), currency: Currency::KRW }]);
    // Rows are counted as a spreadsheet program does: an empty line is one, and so is a record of two lines.
    for empty in ["\n\n", "\r\n\r\n"] {
        let found = faults(read(&format!("coalition;cost;note\n{empty}a;1;\"x\ny\"\nb;?\nc;1\na+b;1\na+c;1\nb+c;1\n")));
        assert_eq!(found, [Fault::NotANumber { at: text("B5"), text: text("?") }]);
    }
}

#[test]
fn a_set_that_is_none_is_named_with_its_cell() {
    let text = |text: &str| text.to_owned();
    let with = |line: &str| faults(read(&format!("a;1\nb;1\nc;1\na+b;1\na+c;1\nb+c;1\n{line};1\n")));
    assert_eq!(with("b+a"), [Fault::Twice { at: text("A7"), of: text("a+b"), first: text("A4") }]);
    assert_eq!(with("a+d"), [Fault::UnknownMember { at: text("A7"), text: text("d") }]);
    assert_eq!(with("a+a"), [Fault::BadCoalition { at: text("A7"), text: text("a+a") }]);
    assert_eq!(with("a++b"), [Fault::BadCoalition { at: text("A7"), text: text("a++b") }]);
    let marked = |line: &str| faults(read(&format!("a,b,c,cost\n1,0,0,1\n0,1,0,1\n0,0,1,1\n1,1,0,1\n1,0,1,1\n0,1,1,1\n{line},1\n")));
    assert_eq!(
        marked("1,?,1"),
        [Fault::BadMark { at: text("B8"), text: text("?") }, Fault::Twice { at: text("A8"), of: text("a+c"), first: text("A6") }]
    );
    assert_eq!(marked("0,0,0"), [Fault::BadCoalition { at: text("A8"), text: String::new() }]);
    let stranger = faults(read("a,b,c,d,cost\n1,0,0,0,1\n0,1,0,0,1\n0,0,1,0,1\n1,1,0,0,1\n1,0,1,0,1\n0,1,1,0,1\n"));
    assert_eq!(stranger.first(), Some(&Fault::UnknownMember { at: text("D1"), text: text("d") }));
}

#[test]
fn missing_sets_are_named_unless_some_may_be_missing() {
    assert_eq!(faults(read("a;1\nb;1\nc;1\na+b;1\n")), ["a+c", "b+c"].map(|of| Fault::Missing { of: of.to_owned() }));
    let file = File { bytes: b"a;1\nb;1\n", format: Format::Text, sheet: None, members: &members("a+b+c") };
    assert!(coalitions(&file, Currency::KRW, true).is_ok());
    // Of many members it is said how many sets are missing, without looking at each of them.
    let many: Vec<String> = (10..70).map(|number| format!("m{number}")).collect();
    let file = File { bytes: b"m10;1\n", members: &members(&many.join("+")), ..file };
    let Err(Refusal::Faulty { faults, more }) = coalitions(&file, Currency::KRW, false) else { panic!() };
    assert_eq!((faults.len(), more), (20, (1 << 60) - 2 - 1 - 20));
}

#[test]
fn spreadsheets_have_faults_of_their_own() {
    let text = |text: &str| text.to_owned();
    let rows: [&[&str]; 7] =
        [&["coalition", "cost"], &["a", "=Z99"], &["b", "x"], &["c", "1"], &["a+b", "1"], &["a+c", "1"], &["b+c", "1000000000000000"]];
    let book = workbook(&rows, |sheet| {
        sheet
            .write_datetime_with_format(2, 1, ExcelDateTime::from_ymd(2015, 3, 1).unwrap(), &Look::new().set_num_format("yyyy-mm-dd"))
            .unwrap();
        sheet.merge_range(8, 0, 9, 1, "", &Look::new()).unwrap();
    });
    assert_eq!(
        faults(of(&book, Format::Workbook)),
        [
            Fault::Merged { at: text("Costs!A9") },
            Fault::Formula { at: text("Costs!B2"), text: text("#REF!") },
            Fault::Date { at: text("Costs!B3") },
            Fault::TooManyDigits { at: text("Costs!B7") },
        ]
    );
    let merged = r#"<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>costs</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"#;
    let rows: String =
        [["a", "1"], ["b", "1"], ["c", "1"], ["a+b", "1"], ["a+c", "1"], ["b+c", "1"]].iter().map(|cells| row(cells)).collect();
    let found = faults(of(&open_document(&(rows + merged)), Format::OpenDocument));
    assert_eq!(found.first(), Some(&Fault::Merged { at: text("Costs!A7") }));
    let sheet =
        |sheet| coalitions(&File { bytes: &book, format: Format::Workbook, sheet, members: &members("a+b+c") }, Currency::KRW, false);
    assert_eq!(sheet(Some("Cost")), Err(Refusal::NoSuchSheet { sheet: text("Cost"), sheets: vec![text("Costs")] }));
}

#[test]
fn figures_have_the_same_faults() {
    let found = |text: &str| match figures_of(text) {
        Err(Refusal::Faulty { faults, .. }) => faults,
        other => panic!("{other:?}"),
    };
    let text = |text: &str| text.to_owned();
    assert_eq!(found("a;1\nb;x\n"), [Fault::NotANumber { at: text("B2"), text: text("x") }]);
    assert_eq!(found("a;1\nc;2\n"), [Fault::UnknownMember { at: text("A2"), text: text("c") }, Fault::Missing { of: text("b") }]);
    assert_eq!(found("a;1\nb;2\na;3\n"), [Fault::Twice { at: text("A3"), of: text("a"), first: text("A1") }]);
}

#[test]
fn twenty_faults_are_told_and_the_rest_counted() {
    let lines: String = (0..100).map(|_| "z;x\n").collect();
    let Err(Refusal::Faulty { faults, more }) = read(&format!("coalition;cost\n{lines}")) else { panic!() };
    // Each line has two, and six sets are missing.
    assert_eq!((faults.len(), more), (20, 200 + 6 - 20));
    assert_eq!(read("\n \n"), Err(Refusal::Empty));
    assert_eq!(read("coalition;cost\n").map_err(|_| ()), Err(()));
}

/// Every kind of fault has words in both languages: the list comes from the contract's schema.
#[test]
fn every_fault_is_said_in_both_languages() {
    let schema = serde_json::to_value(schemars::schema_for!(Fault)).unwrap();
    let kinds: Vec<String> =
        schema["oneOf"].as_array().unwrap().iter().map(|kind| kind["required"][0].as_str().unwrap().to_owned()).collect();
    assert!(kinds.len() > 15);
    for kind in kinds {
        let fields = serde_json::json!({ "at": "Costs!B7", "text": "5", "of": "a+b", "first": "A1", "currency": "KRW" });
        let refusal = |fields: &Value| serde_json::json!({ "table": { "faulty": { "faults": [{ &kind: fields }], "more": 0 } } });
        let refusal: message::Refusal = serde_json::from_value(refusal(&fields)).unwrap();
        for (language, korean) in [(Language::English, false), (Language::Korean, true)] {
            let Problem { title, status, .. } = Problem::of(refusal.clone(), language);
            assert_eq!(status, 422);
            let fault = title.split(". ").nth(1).unwrap();
            assert!(fault.contains("Costs!B7") || fault.contains("a+b"), "{kind}: {title}");
            assert_eq!(fault.chars().any(|c| ('가'..='힣').contains(&c)), korean, "{kind}: {title}");
        }
    }
}
