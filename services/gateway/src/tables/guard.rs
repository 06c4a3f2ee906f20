//! What a file is, and how much it unpacks to, before any of it is kept in memory. The readers of spreadsheets trust what a file says of itself:
//! they reserve as many places as it announces.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;
use proto::table::{Format, Refusal};
use zip::ZipArchive;

/// All parts of a file together unpack to no more than this, in 2^20 bytes: three times what a table of 16 members takes.
const UNPACKED: u64 = 128;
/// Styles and the like are kept in memory many times as large as they are written.
const STYLES: u64 = 2;
/// Sheets that are kept in memory whole span at most so many cells.
pub(super) const CELLS: u64 = 2_000_000;
/// Texts that a workbook announces at most.
const TEXTS: u64 = 2_000_000;

const MEGABYTE: u64 = 1 << 20;
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The format of a file, if it is what was said.
pub(super) fn format(bytes: &[u8], told: Format) -> Result<Format, Refusal> {
    let really = if bytes.starts_with(ZIP) {
        if bytes.get(30..).is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis.opendocument")) {
            Format::OpenDocument
        } else {
            Format::Workbook
        }
    } else if bytes.starts_with(COMPOUND) {
        if told != Format::OldWorkbook && is_encrypted(bytes) {
            return Err(Refusal::Encrypted);
        }
        Format::OldWorkbook
    } else {
        Format::Text
    };
    match (told, really) {
        _ if told == really => Ok(really),
        // Windows sends CSV files under the media type of Excel where that is installed.
        (Format::OldWorkbook, Format::Text) => Ok(really),
        (_, Format::Text) if bytes.contains(&0) || bytes.is_empty() => Err(Refusal::Broken { told }),
        _ => Err(Refusal::OtherFormat { told, really }),
    }
}

/// A workbook with a password is a compound file with the workbook inside.
fn is_encrypted(bytes: &[u8]) -> bool {
    CompoundFile::open(Cursor::new(bytes)).is_ok_and(|file| file.exists("EncryptedPackage"))
}

/// Unpacks a file part by part, and keeps but the content of an `OpenDocument`.
pub(super) fn unpacked(bytes: &[u8], told: Format) -> Result<Vec<u8>, Refusal> {
    let broken = || Refusal::Broken { told };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let (mut left, mut content) = (UNPACKED * MEGABYTE, Vec::new());
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => Refusal::Encrypted,
            _ => broken(),
        })?;
        let name = file.name().map_err(|_| broken())?.to_ascii_lowercase();
        let limit = if name.ends_with("styles.xml") || name.contains("theme") { left.min(STYLES * MEGABYTE) } else { left };
        let mut part = Vec::new();
        let size = file.take(limit + 1).read_to_end(&mut part).map_err(|_| broken())?;
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        if size > limit || announced(&part) > TEXTS {
            return Err(Refusal::TooLarge { megabytes: UNPACKED });
        }
        left -= size;
        if name == "content.xml" {
            content = part;
        }
    }
    Ok(content)
}

/// The most texts that a part announces: a reader makes room for them at once.
fn announced(part: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount";
    let places = part.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME).map(|(place, _)| place + NAME.len());
    let number = |place: usize| {
        let rest = part.get(place..)?.iter().skip_while(|byte| !byte.is_ascii_digit());
        Some(
            rest.take_while(|byte| byte.is_ascii_digit())
                .fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))),
        )
    };
    places.filter_map(number).max().unwrap_or_default()
}

/// Measures an XLS ([MS-XLS]): how far its sheets reach, by their cells and by what they announce.
pub(super) fn old_workbook(bytes: &[u8]) -> Result<(), Refusal> {
    let broken = || Refusal::Broken { told: Format::OldWorkbook };
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
    let name = ["Workbook", "Book"].into_iter().find(|name| file.exists(name)).ok_or_else(broken)?;
    let mut stream = Vec::new();
    file.open_stream(name).map_err(|_| broken())?.take(UNPACKED * MEGABYTE).read_to_end(&mut stream).map_err(|_| broken())?;
    let (mut rows, mut columns, mut sheets) = (0_u64, 0_u64, 0_u64);
    let mut rest = stream.as_slice();
    while let Some((kind, data, behind)) = record(rest) {
        rest = behind;
        let (row, column) = match kind {
            // A sheet of the workbook; several may lie at the same place.
            0x0085 => {
                sheets += 1;
                continue;
            }
            // What a sheet announces of itself.
            0x0200 if data.len() == 10 => (short(data, 2), short(data, 6)),
            0x0200 => (short(data, 4) | short(data, 6) << 16, short(data, 10)),
            // Numbers, labels, truths, errors, formulas.
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 => (short(data, 0) + 1, short(data, 2) + 1),
            // Several numbers of a row; the last column stands at the end.
            0x00bd => (short(data, 0) + 1, short(data, data.len().saturating_sub(2)) + 1),
            _ => continue,
        };
        (rows, columns) = (rows.max(row), columns.max(column));
    }
    let cells = rows.saturating_mul(columns).saturating_mul(sheets.max(1));
    if cells > CELLS { Err(Refusal::TooManyCells { limit: CELLS }) } else { Ok(()) }
}

/// The next record: its kind, its data, and what comes behind it.
fn record(bytes: &[u8]) -> Option<(u64, &[u8], &[u8])> {
    let (head, rest) = bytes.split_at_checked(4)?;
    let length = usize::try_from(short(head, 2)).ok()?;
    let (data, rest) = rest.split_at_checked(length)?;
    Some((short(head, 0), data, rest))
}

fn short(bytes: &[u8], at: usize) -> u64 {
    let byte = |at: usize| bytes.get(at).copied().map_or(0, u64::from);
    byte(at) | byte(at + 1) << 8
}
