//! Files that are not what they say, or more than they say.

use gateway::tables::{File, MOST_ROWS, coalitions, figures};
use proto::allocation::Costs;
use proto::money::Currency;
use proto::table::{Format, Refusal};

use crate::files::{compound, old_workbook, open_document, packed, row, workbook};
use crate::{members, of};

const FORMATS: [Format; 3] = [Format::Workbook, Format::OldWorkbook, Format::OpenDocument];

#[test]
fn a_renamed_file_is_said_to_be_what_it_is() {
    let book = workbook(&[&["a", "1"]], |_| ());
    let old = old_workbook(&[("a", 1.0)], (1, 2));
    let other = |told, really| Err(Refusal::OtherFormat { told, really });
    assert_eq!(of(&book, Format::OldWorkbook), other(Format::OldWorkbook, Format::Workbook));
    assert_eq!(of(&old, Format::Workbook), other(Format::Workbook, Format::OldWorkbook));
    assert_eq!(of(&old, Format::Text), other(Format::Text, Format::OldWorkbook));
    assert_eq!(of(&open_document(""), Format::Workbook), other(Format::Workbook, Format::OpenDocument));
    assert_eq!(of(b"a,1\n", Format::Workbook), other(Format::Workbook, Format::Text));
    assert_eq!(of(&compound("EncryptedPackage", b"x"), Format::Workbook), Err(Refusal::Encrypted));
}

/// A file cut off anywhere, or with any byte changed, is refused or read; it never ends the process.
#[test]
fn damaged_files_are_refused() {
    let rows = [("a", 1.0), ("b", 1.0)];
    let files = [workbook(&[&["a", "1"], &["b", "2"]], |_| ()), old_workbook(&rows, (2, 2)), open_document(&row(&["a", "1"]))];
    for (file, format) in files.iter().zip(FORMATS) {
        assert_eq!(of(&file[..100], format), Err(Refusal::Broken { told: format }));
        for cut in (0..file.len()).step_by(97) {
            assert!(of(&file[..cut], format).is_err(), "{format:?} cut at {cut}");
            let mut changed = file.clone();
            changed[cut] ^= 0xff;
            drop(of(&changed, format));
        }
    }
    assert_eq!(of(&[], Format::Workbook), Err(Refusal::Broken { told: Format::Workbook }));
}

#[test]
fn what_unpacks_to_more_than_memory_holds_is_refused_before_it_does() {
    let bomb = vec![b' '; 140 << 20];
    let packed_bomb = packed(&[("xl/worksheets/sheet1.xml", &bomb)]);
    assert!(packed_bomb.len() < 1 << 20);
    assert!(matches!(of(&packed_bomb, Format::Workbook), Err(Refusal::TooLarge { .. })));
    let announced = packed(&[("xl/sharedStrings.xml", br#"<sst uniqueCount = "99999999999999999999"/>"#)]);
    assert!(matches!(of(&announced, Format::Workbook), Err(Refusal::TooLarge { .. })));
    let too_many = |read| assert!(matches!(read, Err(Refusal::TooManyCells { .. })), "{read:?}");
    let value = |repeated: u32| {
        format!(r#"<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="float" office:value="1"/>"#)
    };
    let rows =
        |rows: u32, columns: u32| format!(r#"<table:table-row table:number-rows-repeated="{rows}">{}</table:table-row>"#, value(columns));
    too_many(of(&open_document(&rows(1_048_576, 16_384)), Format::OpenDocument));
    // Empty rows count once something stands behind them.
    let gap = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>"#;
    too_many(of(&open_document(&format!("{}{gap}{}", row(&["a", "1"]), row(&["b", "1", "x"]))), Format::OpenDocument));
    too_many(of(&open_document(&format!("<!-- > {}", rows(1000, 10_000)).replace("<!-- >", "<!-- > -->")), Format::OpenDocument));
    too_many(of(&old_workbook(&[("a", 1.0)], (u32::MAX, 255)), Format::OldWorkbook));
}

#[test]
fn a_hundred_thousand_rows_are_read_and_no_more() {
    let mut text = String::from("government,figure\n");
    for _ in 0..MOST_ROWS {
        text.push_str("a,1\n");
    }
    let read = |bytes: &[u8]| figures(&File { bytes, format: Format::Text, sheet: None, members: &members("a") });
    assert_eq!(read(text.as_bytes()), Err(Refusal::TooManyRows { limit: MOST_ROWS }));
    // As far as the limit they are read: each but the first stands there twice.
    let read = read(&text.as_bytes()[..text.len() - "a,1\n".len()]);
    assert!(matches!(read, Err(Refusal::Faulty { more, .. }) if more == MOST_ROWS - 2 - 20), "{read:?}");
}

/// All sets of sixteen members.
#[test]
fn all_sets_of_sixteen_members_are_read() {
    let names: Vec<String> = ('a'..='p').map(String::from).collect();
    let set = |set: u32| {
        let inside = names.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
        inside.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("+")
    };
    let text = (1..1 << 16).fold(String::new(), |text, number| text + &set(number) + ";7\n");
    let file = File { bytes: text.as_bytes(), format: Format::Text, sheet: None, members: &members(&names.join("+")) };
    let Costs::Listed(costs) = coalitions(&file, Currency::KRW, false).unwrap() else { panic!() };
    assert_eq!(costs.len(), (1 << 16) - 1);
}
