//! The same table in every form in which it is read.

use encoding_rs::EUC_KR;
use proto::table::{Format, Refusal};

use crate::files::{old_workbook, open_document, row, workbook};
use crate::{figures_of, known, of, read};

const ROWS: [&[&str]; 7] =
    [&["Coalition", "Cost (KRW)"], &["a", "100"], &["b", "200"], &["c", "1234567"], &["a+b", "250"], &["a+c", "260"], &["b+c", "270"]];

#[test]
fn a_table_is_the_same_with_any_separator_head_and_spelling() {
    for text in [
        "a,100\nb,200\nc,1234567\na+b,250\na+c,260\nb+c,270\n",
        "coalition,cost\na,100\nb,200\nc,\"1,234,567\"\n\"b,a\",250\na + c,260\nc+b,270\n",
        "coalition|cost\na|100\nb|200\nc|1,234,567\na+b|250\na+c|260\nb+c|270\n",
        "coalition;cost;note\na;100;x\nb;200;\nc;1,234,567;\na+b;250;\na,c;260;\nb+c;270;\n",
        "조합\t비용(KRW)\nＡ\t１００\nb\t200원\nc\t₩1,234,567\na＋b\t250\na+c\t260\nb+c\t270",
        "\u{feff}조합,비용\r\n\r\na,100\r\nb,200\r\nc,1234567\r\na+b,250\r\na+c,260\r\nb+c,270\r\n",
        "비고,사업비,참여 기관\n,100,a\n,200,b\n,1234567,c\n,250,a+b\n,260,a+c\n끝,270,b+c\n",
        "Gruppe,Betrag\na,100\nb,200\nc,1234567\na+b,250\na+c,260\nb+c,270\n",
    ] {
        assert_eq!(read(text), Ok(known()), "{text}");
    }
}

#[test]
fn members_are_marked_in_any_of_the_usual_ways() {
    for text in [
        "a,b,c,cost\n1,0,0,100\n0,1,0,200\n0,0,1,1234567\n1,1,0,250\n1,0,1,260\n0,1,1,270\n",
        "a,b,c,비용\nx,,,100\n,x,,200\n,,x,1234567\nx,x,,250\nx,,x,260\n,x,x,270\n",
        "a,b,c,비용\nO,X,X,100\nX,O,X,200\nX,X,O,1234567\nO,O,X,250\nO,X,O,260\nX,O,O,270\n",
        "a,b,c,사업비,비고\n○,×,×,100,\n×,○,×,200,\n×,×,○,1234567,\n○,○,×,250,\n○,×,○,260,\n×,○,○,270,x\n",
        "c,cost,a,b\n,100,●,\n,200,,●\n●,1234567,,\n,250,●,●\n●,260,●,\n●,270,,●\n",
        "1,0,0,100\n0,1,0,200\n0,0,1,1234567\n1,1,0,250\n1,0,1,260\n0,1,1,270\n",
        "x,,,100\n,x,,200\n,,x,1234567\nx,x,,250\nx,,x,260\n,x,x,270\n",
    ] {
        assert_eq!(read(text), Ok(known()), "{text}");
    }
}

/// Korean offices save text in the code page of Windows (CP949); other programs in UTF-16.
#[test]
fn a_text_is_read_in_the_encodings_of_offices() {
    let text = "조합,비용\na,100원\nb,200원\nc,\"1,234,567원\"\na+b,250\na+c,260\nb+c,270\n똠방각하,";
    let text = text.trim_end_matches("똠방각하,");
    let (korean, ..) = EUC_KR.encode(text);
    assert!(std::str::from_utf8(&korean).is_err());
    assert_eq!(of(&korean, Format::Text), Ok(known()));
    let wide =
        |order: fn(u16) -> [u8; 2]| text.encode_utf16().fold(order(0xfeff).to_vec(), |bytes, unit| [bytes, order(unit).to_vec()].concat());
    assert_eq!(of(&wide(u16::to_le_bytes), Format::Text), Ok(known()));
    assert_eq!(of(&wide(u16::to_be_bytes), Format::Text), Ok(known()));
    // A syllable that CP949 has and EUC-KR has not.
    let (beyond, ..) = EUC_KR.encode("조합,비용\n똠,100");
    assert!(format!("{:?}", of(&beyond, Format::Text)).contains('똠'));
    assert_eq!(of(b"a,100\xff\xff\n", Format::Text), Err(Refusal::Broken { told: Format::Text }));
}

#[test]
fn a_table_is_the_same_in_every_spreadsheet() {
    assert_eq!(of(&workbook(&ROWS, |_| ()), Format::Workbook), Ok(known()));
    let rows: String = ROWS.iter().map(|cells| row(cells)).collect();
    assert_eq!(of(&open_document(&rows), Format::OpenDocument), Ok(known()));
    let rows = [("a", 100.0), ("b", 200.0), ("c", 1_234_567.0), ("a+b", 250.0), ("a+c", 260.0), ("b+c", 270.0)];
    assert_eq!(of(&old_workbook(&rows, (6, 2)), Format::OldWorkbook), Ok(known()));
}

#[test]
fn a_text_sent_under_the_media_type_of_excel_is_read_as_text() {
    assert_eq!(of(b"a,100\nb,200\nc,1234567\na+b,250\na+c,260\nb+c,270\n", Format::OldWorkbook), Ok(known()));
}

#[test]
fn figures_are_read_with_or_without_a_head() {
    for text in [
        "a,1.5\nb,\"2,000\"\n",
        "기관,인구\na,1.5\nb,2000\n",
        "government;figure;source\nb;2000;x\na;1.5;y\n",
        "지자체\t수치\nＡ\t１．５\nb\t2,000",
    ] {
        let read = figures_of(text).unwrap();
        assert_eq!(read.into_iter().collect::<Vec<_>>(), [("a".into(), "1.5".into()), ("b".into(), "2000".into())], "{text}");
    }
}
