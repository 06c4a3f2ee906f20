//! What a search finds, as a file: CSV for a spreadsheet, or JSON lines with the exact bytes. Written as it is read, so that it may be long.

use std::collections::VecDeque;

use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::response::Response;
use futures::stream::{self, Stream};
use gateway::edge::SignedIn;
use gateway::problem::Problem;
use gateway::record::{Entries, Question};
use proto::actor::Actor;
use proto::digest::Digest;
use proto::search::Sought;

use super::Place;
use crate::entries::{self, Fields, Line, Opened};
use crate::{Page, Signed, Visit};

/// Entries that are asked for at once.
const AT_ONCE: u32 = 200;
/// What tells a spreadsheet that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A search that is being written out.
struct Export {
    visit: Visit,
    who: SignedIn,
    question: Question,
    place: Place,
    waiting: VecDeque<Bytes>,
    done: bool,
}

pub(super) async fn csv(Query(fields): Query<Fields>, signed: Signed) -> Page {
    let heading = heading(&signed.visit);
    export(fields, signed, "csv", "text/csv; charset=utf-8", heading, |export, found| {
        found.entries.iter().filter_map(Opened::of).map(|opened| row(&opened, &export.place, &export.visit)).collect()
    })
    .await
}

pub(super) async fn lines(Query(fields): Query<Fields>, signed: Signed) -> Page {
    export(fields, signed, "jsonl", "application/jsonl", String::new(), |_, found| {
        let line = |read| serde_json::to_string(read).map(|line| line + "\n").unwrap_or_default();
        found.entries.iter().map(line).collect()
    })
    .await
}

async fn export(
    fields: Fields,
    Signed { visit, who }: Signed,
    ending: &str,
    media_type: &'static str,
    heading: String,
    write: fn(&Export, &Entries) -> String,
) -> Page {
    let place = Place::of(&visit, &who, &fields).await?;
    let sought = fields.sought(&visit, &place.things()).map_err(|wrong| first(&visit, &wrong))?;
    // In the order in which it happened, whatever the page shows first.
    let question = Question { from: 0, back: false, limit: AT_ONCE, sought: Sought { ..sought } };
    let export = Export { visit, who, question, place, waiting: VecDeque::from([heading.into()]), done: false };
    // Whoever may not read it is told so before anything is sent.
    let export = export.read(write).await?;
    Ok(response(ending, media_type, written(export, write)))
}

fn first(visit: &Visit, wrong: &std::collections::BTreeMap<&'static str, String>) -> Problem {
    let why = wrong.values().next().cloned().unwrap_or_default();
    visit.wrong("search-wrong", serde_json::json!({ "why": why }))
}

fn response(ending: &str, media_type: &'static str, body: impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static) -> Response {
    entries::file(&format!("interlocal-entries.{ending}"), media_type, Body::from_stream(body))
}

/// Page after page. What cannot be read any more breaks the download off, so that nobody takes a part for the whole.
fn written(export: Export, write: fn(&Export, &Entries) -> String) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::try_unfold(export, move |mut export| async move {
        loop {
            if let Some(bytes) = export.waiting.pop_front() {
                return Ok(Some((bytes, export)));
            }
            if export.done {
                return Ok(None);
            }
            export = export.read(write).await.map_err(|problem| std::io::Error::other(problem.code.to_string()))?;
        }
    })
}

impl Export {
    /// Reads the next page and writes it out.
    async fn read(mut self, write: fn(&Self, &Entries) -> String) -> Result<Self, Problem> {
        let found = entries::ask(&self.visit, &self.who, &self.question).await?;
        (self.question.from, self.done) = (found.next, !found.more);
        let opened: Vec<Opened> = found.entries.iter().filter_map(Opened::of).collect();
        self.place = self.place.with(&self.visit, &self.who, &opened).await;
        let text = write(&self, &found);
        if !text.is_empty() {
            self.waiting.push_back(text.into());
        }
        Ok(self)
    }
}

/// The columns, by the ends of the keys of their headings.
const COLUMNS: [&str; 17] = [
    "position", "stream", "case", "at", "recorded", "occurred", "body", "official", "role", "ground", "holder", "kinds", "said", "remarks",
    "findings", "sealed", "leaf",
];

fn heading(visit: &Visit) -> String {
    BYTE_ORDER_MARK.to_owned() + &record(COLUMNS.map(|column| visit.t(&format!("export-{column}"))))
}

fn row(opened: &Opened, place: &Place, visit: &Visit) -> String {
    let Line { said, remarks, findings, case, .. } = place.line(opened, visit);
    let entry = &opened.entry;
    let capacity = match &opened.act.actor {
        Actor::Official(capacity) => Some(capacity),
        Actor::Service(_) => None,
    };
    let kinds: Vec<String> = opened.act.events.iter().map(proto::message::Event::kind).collect();
    let ground = capacity.and_then(|capacity| serde_json::to_value(capacity.ground).ok()?.as_str().map(str::to_owned));
    record([
        entry.position.to_string(),
        entry.stream.to_string(),
        case.map(|(_, title)| title).unwrap_or_default(),
        entry.at.to_string(),
        entry.recorded_at.to_string(),
        opened.act.occurred.as_ref().map(|occurred| occurred.on.to_string()).unwrap_or_default(),
        capacity.map_or_else(|| visit.t("platform"), |capacity| visit.body(&capacity.government)),
        capacity.map(|capacity| capacity.official.to_string()).unwrap_or_default(),
        capacity.map(|capacity| visit.t(&format!("role-{}", capacity.role.name()))).unwrap_or_default(),
        ground.map(|ground| visit.t(&format!("ground-{ground}"))).unwrap_or_default(),
        capacity.and_then(|capacity| capacity.on_behalf_of.as_ref()).map(ToString::to_string).unwrap_or_default(),
        kinds.join(" "),
        said.join("\n"),
        remarks.join("\n"),
        findings.join("\n"),
        if opened.sealed { visit.t("export-is_sealed") } else { String::new() },
        Digest::leaf(opened.bytes.as_bytes()).to_string(),
    ])
}

/// A line of CSV. A cell that a spreadsheet would take for a formula begins with an apostrophe, which says that it is text.
fn record<const N: usize>(cells: [String; N]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let cells = cells.map(|cell| if is_formula(&cell) { format!("'{cell}") } else { cell });
    let written = writer.write_record(&cells).is_ok();
    let bytes = writer.into_inner().unwrap_or_default();
    if written { String::from_utf8(bytes).unwrap_or_default() } else { String::new() }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_cell_stays_one() {
        let cells = ["=1+1", "+82 2", "-5", "@x", "\tx", "\rx", "서울, \"시\"", "two\nlines"].map(str::to_owned);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(record(cells).into_bytes().leak() as &[u8]);
        let read: Vec<String> = reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(read, ["'=1+1", "'+82 2", "'-5", "'@x", "'\tx", "'\rx", "서울, \"시\"", "two\nlines"]);
    }
}
