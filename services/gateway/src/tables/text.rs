//! Text with separators, in the encodings and with the separators of the offices that write it.

use std::borrow::Cow;

use csv::ReaderBuilder;
use encoding_rs::{EUC_KR, Encoding, UTF_8};
use proto::table::{Format, Refusal};

use super::rows::{Content, Rows};

/// Hands over the cells of a text.
pub(super) fn rows(bytes: &[u8], rows: &mut Rows<'_>) -> Result<(), Refusal> {
    let text = decoded(bytes)?.replace("\r\n", "\n");
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator(&text)).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = 0_u32;
    while reader.read_record(&mut record).map_err(|_| broken())? {
        // Empty lines are rows too, as a spreadsheet program counts them.
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        let empty = text.as_bytes().iter().skip(start).take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        row = u32::try_from(empty).ok().and_then(|empty| row.checked_add(empty)).ok_or_else(broken)?;
        for (column, field) in (0..).zip(&record) {
            rows.cell(row, column, Content::Text(field.to_owned()))?;
        }
        row = row.saturating_add(1);
    }
    Ok(())
}

fn broken() -> Refusal {
    Refusal::Broken { told: Format::Text }
}

/// The text: by its byte order mark, else UTF-8 if it is that, else the code page of Korean Windows (CP949, which holds EUC-KR).
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = encoding.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { EUC_KR });
    let (text, _, wrong) = encoding.decode(bytes);
    // No text has the byte zero: this is something else.
    if wrong || text.contains('\0') { Err(broken()) } else { Ok(text) }
}

/// Tab, semicolon, stroke or comma: the first of them that stands in the first line outside quotation marks.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = first.split('"').step_by(2).collect();
    [(b'\t', '\t'), (b';', ';'), (b'|', '|')].into_iter().find(|(_, sign)| outside.contains(*sign)).map_or(b',', |(byte, _)| byte)
}
