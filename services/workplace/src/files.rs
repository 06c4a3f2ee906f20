//! Files that come with a form: read within a limit, recognised by what they begin with, and kept before the act that names them.

use axum::RequestExt as _;
use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, Request};
use gateway::documents;
use gateway::edge::Edge;
use gateway::limits;
use gateway::problem::{Language, Problem};
use gateway::texts;
use proto::entry::Document;
use proto::stream::Stream;
use proto::wire::Failure;
use serde_json::json;

use crate::visit::{Signed, Visit};

/// The kinds of files that are kept: how a name ends, the media type, and with what the bytes begin. `accept` of file fields says the same.
const KINDS: [(&str, &str, &[u8]); 14] = [
    ("pdf", "application/pdf", b"%PDF-"),
    ("png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ("jpg", "image/jpeg", b"\xff\xd8\xff"),
    ("jpeg", "image/jpeg", b"\xff\xd8\xff"),
    ("tif", "image/tiff", b"II*\0"),
    ("tiff", "image/tiff", b"II*\0"),
    ("hwp", "application/x-hwp", OLE),
    ("hwpx", "application/hwp+zip", ZIP),
    ("doc", "application/msword", OLE),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    ("xls", "application/vnd.ms-excel", OLE),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    ("odt", "application/vnd.oasis.opendocument.text", ZIP),
    ("zip", "application/zip", ZIP),
];
/// Media types of spreadsheets.
const SHEETS: [&str; 4] = [
    "text/csv",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
];
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";

/// The value of `accept` for fields whose files are kept.
pub(crate) const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.hwp,.hwpx,.doc,.docx,.xls,.xlsx,.odt,.zip";

/// A file of a form.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// The field it came in.
    pub field: String,
    /// What it is called where it came from: nothing to rely on.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

/// The files of a form, in the order in which they came; fields that were left empty are none.
#[derive(Debug, Default)]
pub(crate) struct Files {
    all: Vec<File>,
    /// Why not all of them are here.
    problem: Option<Problem>,
}

impl File {
    /// Its media type, where it is of a kind that is kept and begins as such files do.
    pub fn media_type(&self) -> Option<&'static str> {
        let (_, ending) = self.name.rsplit_once('.')?;
        let kind = KINDS.iter().find(|(known, _, begins)| known.eq_ignore_ascii_case(ending) && self.bytes.starts_with(begins));
        kind.map(|(_, media_type, _)| *media_type)
    }
}

impl Files {
    /// The files, for a handler that reads them itself.
    ///
    /// # Errors
    /// `too_large`, with which the form is shown again.
    pub fn read(self) -> Result<Vec<File>, Problem> {
        self.problem.map_or(Ok(self.all), Err)
    }

    /// Keeps the files for those who read a stream, and answers what an entry says of them. The same bytes are kept once, so that a form that is
    /// sent again after a refusal leaves nothing twice.
    ///
    /// # Errors
    /// In the person's words, when one is too large or of no known kind, or the stream is not theirs to read.
    pub async fn keep(self, signed: &Signed, audience: &Stream) -> Result<Vec<Document>, Problem> {
        let Signed { visit, who } = signed;
        let mut known = Vec::new();
        for file in self.read()? {
            let media_type = file.media_type().ok_or_else(|| visit.wrong("file-unknown_kind", json!({ "name": &file.name })))?;
            known.push((media_type, file.bytes));
        }
        let mut kept = Vec::new();
        for (media_type, bytes) in known {
            kept.push(documents::keep(&visit.edge, who, audience, media_type, bytes).await.map_err(|why| visit.failed(why))?);
        }
        Ok(kept)
    }
}

/// The fields and files of a form. What is longer than the limit is read past, so that the form can come back with everything that was typed; what
/// is longer than twice the limit is cut off.
pub(crate) async fn read(visit: &Visit, mut request: Request, edge: &Edge) -> Result<(Vec<(String, String)>, Files), Problem> {
    let http = &edge.0.settings.http;
    let limit = http.document_limit;
    let most = limit.saturating_mul(2);
    let longest = limits::of_forms(http.body_limit);
    DefaultBodyLimit::max(most.saturating_add(longest)).apply(&mut request);
    let cut = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => too_large(visit, "", limit),
        _ => visit.failed(Failure::Malformed { detail: error.body_text() }),
    };
    let mut form =
        request.extract::<Multipart, _>().await.map_err(|error| visit.failed(Failure::Malformed { detail: error.body_text() }))?;
    let (mut sent, mut files) = (Vec::new(), Files::default());
    let (mut room_for_text, mut room_for_files) = (longest, limit);
    while let Some(field) = form.next_field().await.map_err(cut)? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(called) = field.file_name().map(str::to_owned) {
            match up_to(field, &mut room_for_files).await.map_err(cut)? {
                Some(bytes) if bytes.is_empty() && called.is_empty() => {}
                Some(bytes) if bytes.is_empty() => files.problem = Some(visit.wrong("file-empty", json!({ "name": called }))),
                Some(bytes) => files.all.push(File { field: name, name: called, bytes }),
                None => files.problem = Some(too_large(visit, &called, limit)),
            }
        } else {
            let text = up_to(field, &mut room_for_text).await.map_err(cut)?;
            let text = text.ok_or_else(|| visit.failed(Failure::TooLarge { bytes: longest.saturating_add(1), limit: longest }))?;
            sent.push((name, String::from_utf8_lossy(&text).into_owned()));
        }
    }
    Ok((sent, files))
}

/// What is in a field, if it fits into the room that is left; it is read to its end either way.
async fn up_to(mut field: Field<'_>, room: &mut usize) -> Result<Option<Bytes>, axum::extract::multipart::MultipartError> {
    let mut bytes = Vec::new();
    let mut fits = true;
    while let Some(chunk) = field.chunk().await? {
        if let Some(left) = room.checked_sub(chunk.len()).filter(|_| fits) {
            *room = left;
            bytes.extend_from_slice(&chunk);
        } else {
            fits = false;
            bytes = Vec::new();
        }
    }
    Ok(fits.then(|| bytes.into()))
}

fn too_large(visit: &Visit, name: &str, limit: usize) -> Problem {
    let mut problem = visit.wrong("file-too_large", json!({ "name": name, "limit": in_words(limit) }));
    problem.status = 413;
    problem
}

/// What a file of a media type is to people.
pub(crate) fn kind(language: Language, media_type: &str) -> String {
    let plain = media_type.split(';').next().unwrap_or_default().trim();
    let key = match plain {
        "application/pdf" => "file-kind-pdf",
        "application/x-hwp" | "application/hwp+zip" => "file-kind-hwp",
        "application/zip" => "file-kind-zip",
        sheet if SHEETS.contains(&sheet) => "file-kind-sheet",
        image if image.starts_with("image/") => "file-kind-image",
        text if text.starts_with("text/") => "file-kind-text",
        _ => "file-kind-document",
    };
    texts::said(language, key)
}

/// `32 MB`, `300 KB`: as file managers count.
pub(crate) fn in_words(bytes: usize) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => format!("{} MB", bytes.div_ceil(1_048_576)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &'static [u8]) -> File {
        File { field: "evidence".into(), name: name.into(), bytes: Bytes::from_static(bytes) }
    }

    #[test]
    fn a_file_is_what_it_is_called_and_begins_as_such_files_do() {
        assert_eq!(file("의결서.PDF", b"%PDF-1.7\n").media_type(), Some("application/pdf"));
        assert_eq!(file("협약.hwpx", ZIP).media_type(), Some("application/hwp+zip"));
        for (name, bytes) in
            [("page.html", b"<!doctype html>" as &[u8]), ("page.pdf", b"<!doctype html>"), ("pdf", b"%PDF-1.7"), ("a.pdf", b"")]
        {
            assert_eq!(File { bytes: Bytes::copy_from_slice(bytes), ..file(name, b"") }.media_type(), None, "{name}");
        }
    }

    #[test]
    fn file_fields_offer_what_is_kept() {
        let kept: Vec<String> = KINDS.iter().map(|(ending, _, _)| format!(".{ending}")).collect();
        assert_eq!(ACCEPT, kept.join(","));
    }

    #[test]
    fn a_file_is_said_by_its_kind_and_never_by_its_media_type() {
        let korean = |media_type| kind(Language::Korean, media_type);
        assert_eq!(korean("text/plain; charset=utf-8"), "텍스트 문서");
        assert_eq!(
            (korean("application/pdf"), korean("image/png"), korean("text/csv")),
            ("PDF 문서".into(), "이미지".into(), "스프레드시트".into())
        );
        assert_eq!((korean("application/octet-stream"), kind(Language::English, "")), ("문서".into(), "document".into()));
        let said: std::collections::BTreeSet<String> = KINDS.iter().map(|(_, media_type, _)| korean(media_type)).collect();
        assert_eq!(said.len(), 6, "{said:?}");
    }

    #[test]
    fn sizes_are_said_as_file_managers_say_them() {
        assert_eq!([700, 300_000, 33_554_432].map(in_words), ["700 B", "293 KB", "32 MB"]);
    }
}
