//! The form in which entries are sought: what was typed, what it means, and the addresses of other pages of the same search.

use std::collections::BTreeMap;

use gateway::record::{Entries, Question};
use gateway::register::Bodies;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use proto::id::CaseId;
use proto::search::Sought;
use proto::words::Names;
use serde::{Deserialize, Serialize};

use super::Opened;
use super::kinds::{self, KINDS};
use crate::Visit;
use crate::said::Things;

/// Entries on one page.
pub(crate) const PAGE: u32 = 50;
/// Fewer letters of a text do not name a body or a thing.
const NAMES: usize = 2;
/// Things that a text names at most.
const MOST_NAMES: usize = 40;

/// What was typed; nothing is lost of it, right or wrong.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Fields {
    /// A family or a kind.
    pub kind: String,
    /// A body.
    pub body: String,
    /// An official.
    pub person: String,
    pub text: String,
    /// From this day on.
    pub since: String,
    /// To this day.
    pub until: String,
    pub case: String,
    /// The newest first (`new`), or as it came (`old`).
    pub order: String,
    /// Where the page begins.
    pub from: String,
    /// The page lies before `from` and not after it.
    pub before: String,
}

/// Choices of a field, in groups: heading, then value and label.
pub(crate) type Choice = (String, Vec<(String, String)>);

impl Fields {
    /// Whether anything is sought.
    pub fn is_filled(&self) -> bool {
        [&self.kind, &self.body, &self.person, &self.text, &self.since, &self.until, &self.case]
            .into_iter()
            .any(|field| !field.trim().is_empty())
    }

    /// What is sought.
    ///
    /// # Errors
    /// For each field that cannot be taken, what is wrong with it.
    pub fn sought(&self, visit: &Visit, things: &[&Things]) -> Result<Sought, BTreeMap<&'static str, String>> {
        let mut wrong = BTreeMap::new();
        let mut take = |field, key: &str, typed: &str| {
            wrong.insert(field, visit.with(key, "typed", typed));
        };
        let kind = self.kind.trim();
        if !kind.is_empty() && !kinds::is_one(kind) {
            take("kind", "search-no_kind", kind);
        }
        let parsed = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let government = parsed(&self.body).and_then(|id| id.parse().map_err(|_| take("body", "search-no_body", &id)).ok());
        let official = parsed(&self.person).and_then(|id| id.parse().map_err(|_| take("person", "search-no_person", &id)).ok());
        let case = parsed(&self.case).and_then(|id| id.parse::<CaseId>().map_err(|_| take("case", "search-no_case", &id)).ok());
        let mut day =
            |field, text: &str| parsed(text).and_then(|day| day.parse::<Date>().map_err(|_| take(field, "search-no_day", &day)).ok());
        let (since, until) = (day("since", &self.since), day("until", &self.until));
        if since.zip(until).is_some_and(|(since, until)| until < since) {
            take("until", "search-ends_early", &self.until);
        }
        if wrong.is_empty() {
            let kinds = parsed(kind).into_iter().collect();
            let before = until.and_then(|until| until.tomorrow().ok());
            let text = self.text.trim();
            let texts = parsed(text).into_iter().collect();
            let names = names(text, &visit.bodies, things);
            let (since, before) = (since.and_then(|day| begins(visit, day)), before.and_then(|day| begins(visit, day)));
            Ok(Sought { case, kinds, government, official, since, before, texts, names })
        } else {
            Err(wrong)
        }
    }

    /// The question for this page.
    pub fn question(&self, sought: Sought) -> Question {
        let newest = self.newest();
        // The page before another is asked for the other way round.
        let back = newest != self.backward();
        let from = self.from.trim().parse().unwrap_or(if back { u64::MAX } else { 0 });
        Question { from, back, limit: PAGE, sought }
    }

    fn newest(&self) -> bool {
        self.order != "old"
    }

    fn backward(&self) -> bool {
        !self.before.is_empty()
    }

    /// The entries in the order in which they are shown.
    pub fn shown(&self, entries: &Entries) -> Vec<Opened> {
        let mut shown: Vec<Opened> = entries.entries.iter().filter_map(Opened::of).collect();
        if self.backward() {
            shown.reverse();
        }
        shown
    }

    /// The ways to the pages before and after.
    pub fn pages(&self, entries: &Entries, shown: &[Opened]) -> Pages {
        let newest = self.newest();
        let place = |opened: &Opened, above: bool| if above { opened.entry.position + 1 } else { opened.entry.position };
        // Forward begins at a position; back begins before one.
        let after = shown.last().map(|last| place(last, !newest));
        let before = shown.first().map(|first| place(first, newest));
        let (more_after, more_before) = if self.backward() { (true, entries.more) } else { (entries.more, !self.from.is_empty()) };
        let go_on = (shown.is_empty() && entries.more).then_some(entries.next);
        Pages {
            next: go_on.or(after).filter(|_| more_after).map(|from| self.address(from, false)),
            previous: before.filter(|_| more_before).map(|from| self.address(from, true)),
        }
    }

    fn address(&self, from: u64, before: bool) -> String {
        let before = if before { "1".to_owned() } else { String::new() };
        format!("?{}", Self { from: from.to_string(), before, ..self.clone() }.query())
    }

    /// The fields as the query of an address, empty ones left out.
    pub fn query(&self) -> String {
        let all = [
            ("kind", &self.kind),
            ("body", &self.body),
            ("person", &self.person),
            ("text", &self.text),
            ("since", &self.since),
            ("until", &self.until),
            ("case", &self.case),
            ("order", &self.order),
            ("from", &self.from),
            ("before", &self.before),
        ];
        serde_html_form::to_string(all.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>()).unwrap_or_default()
    }

    /// Kinds to choose from.
    pub fn kinds(visit: &Visit) -> Vec<Choice> {
        let family = |(family, kinds): (&str, &[&str])| {
            let heading = visit.t(&format!("family-{family}"));
            let whole = (family.to_owned(), visit.with("search-whole_family", "family", &heading));
            let each = kinds.iter().map(|kind| (format!("{family}.{kind}"), visit.t(&format!("event-{family}-{kind}"))));
            (heading, std::iter::once(whole).chain(each).collect())
        };
        KINDS.into_iter().map(family).collect()
    }

    /// Bodies to choose from.
    pub fn bodies(visit: &Visit, among: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let bodies = visit.bodies.0.iter().filter(|(id, _)| among(id));
        let mut all: Vec<(String, String)> = bodies.map(|(id, body)| (id.clone(), visit.name(&body.names).to_owned())).collect();
        all.sort_by(|one, other| one.1.cmp(&other.1));
        all
    }
}

/// The ids under which that stands in entries which a text names.
fn names(text: &str, bodies: &Bodies, things: &[&Things]) -> Vec<String> {
    let text = text.to_lowercase();
    if text.chars().count() < NAMES {
        return Vec::new();
    }
    let such = |names: &Names| [&names.ko, &names.en].iter().any(|name| name.to_lowercase().contains(&text));
    let bodies = bodies.0.iter().filter(|(_, body)| such(&body.names)).map(|(id, _)| id.as_str());
    let mut all: Vec<String> = bodies.chain(things.iter().flat_map(|things| things.named(such))).map(str::to_owned).collect();
    all.sort_unstable();
    all.dedup();
    // So many alternatives make no search.
    all.truncate(MOST_NAMES);
    all
}

/// Ways to the pages before and after this one.
pub(crate) struct Pages {
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// When a day begins where whoever looks is.
fn begins(visit: &Visit, day: Date) -> Option<Timestamp> {
    let zone = TimeZone::get(&visit.zone).unwrap_or(TimeZone::UTC);
    Some(day.to_datetime(Time::midnight()).to_zoned(zone).ok()?.timestamp())
}

/// The end of a day where whoever looks is.
pub(crate) fn ends(visit: &Visit, day: Date) -> Option<Timestamp> {
    begins(visit, day.tomorrow().ok()?)
}
