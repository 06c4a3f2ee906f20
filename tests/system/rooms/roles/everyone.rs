//! Everyone at once, each on their own way through the pages, and what is wrong with what they are shown.

use std::collections::{BTreeMap, BTreeSet};

use futures::{StreamExt as _, stream};
use serde_json::json;

use crate::access::unpacked;
use crate::client::{Answer, Client};
use crate::crawl::{Sheet, Walk, shape};
use crate::person::Person;

/// Marked words, and who may see them: a body, or only whoever acts for it in one role (`gyeonggi mediator`).
pub type Marks = Vec<(&'static str, &'static [&'static str])>;

/// On their way at once.
const AT_ONCE: usize = 2;
/// So many addresses of one shape that one body is led to are asked for by hand by all others.
const BY_HAND: usize = 2;

pub struct Everyone {
    pub client: Client,
    pub walks: Vec<Walk>,
    pub watch: Watch,
}

/// What was seen, and what of it is wrong.
#[derive(Clone)]
pub struct Watch {
    marks: Marks,
    /// Which marked words were seen by whom they are for.
    seen: BTreeSet<(&'static str, &'static str)>,
    pub faults: Vec<String>,
}

impl Everyone {
    /// All of them go everywhere.
    pub async fn walk(client: &Client, marks: Marks, persons: &[(&str, &[&str])]) -> Self {
        client.quiet().await;
        let new = Watch { marks, seen: BTreeSet::new(), faults: Vec::new() };
        let all = persons.iter().flat_map(|(body, roles)| roles.iter().map(move |role| (*body, *role)));
        let ways = all.map(async |(body, role)| {
            let person = if body == "nobody" { Person::nobody(client) } else { Person::of(client, body, role).await };
            let mut walk = Walk::new(person, body, role);
            let (who, mut watch) = (walk.who(), new.clone());
            walk.everywhere(|path, answer| watch.look(&who, path, answer)).await;
            (walk, watch)
        });
        let walked: Vec<(Walk, Watch)> = stream::iter(ways).buffered(AT_ONCE).collect().await;
        let mut everyone = Self { client: client.clone(), walks: Vec::new(), watch: new };
        for (walk, watch) in walked {
            everyone.walks.push(walk);
            everyone.watch.add(watch);
        }
        everyone
    }

    /// Every address to which somebody was led is asked for by everyone else too, and these.
    pub async fn by_hand(&mut self, also: impl IntoIterator<Item = String>) {
        let mut all: BTreeSet<String> = also.into_iter().collect();
        let mut shapes: BTreeMap<(String, &str), usize> = BTreeMap::new();
        for walk in &self.walks {
            // Whoever has the address of a feed of dates is let in by it; and where a page of a list begins says nothing.
            for path in walk.seen.iter().filter(|path| !path.contains(".ics") && !path.contains("from=")) {
                let often = shapes.entry((shape(path), &walk.body)).or_default();
                if *often < BY_HAND && all.insert(path.clone()) {
                    *often += 1;
                }
            }
        }
        assert!(all.len() > 80, "only {} addresses", all.len());
        for walk in &self.walks {
            let who = walk.who();
            let other = all.difference(&walk.seen).cloned();
            walk.look(other, |path, answer| self.watch.look(&who, path, &answer)).await;
        }
    }

    /// The test looks where there is something to be seen.
    pub fn whoever_may_sees(&mut self) {
        for (mark, whose) in &self.watch.marks {
            for who in *whose {
                if !self.watch.seen.contains(&(*mark, *who)) {
                    self.watch.faults.push(format!("`{mark}` is for {who}, who never saw it: this test looks in the wrong places"));
                }
            }
        }
    }

    pub fn nothing_is_wrong(&self) {
        let faults: BTreeSet<&String> = self.watch.faults.iter().collect();
        let faults: Vec<&str> = faults.into_iter().map(String::as_str).collect();
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }

    /// One person of each body for every kind of form that somebody of it is offered.
    pub fn owners(&self) -> Vec<(&Walk, &Sheet)> {
        let mut kinds = BTreeSet::new();
        let all = self.walks.iter().flat_map(|walk| walk.sheets.values().map(move |sheet| (walk, sheet)));
        all.filter(|(walk, sheet)| kinds.insert((shape(&sheet.action), walk.body.clone()))).collect()
    }

    /// As [`owners`](Self::owners), of any body.
    pub fn forms(&self) -> Vec<(&Walk, &Sheet)> {
        let mut kinds = BTreeSet::new();
        self.owners().into_iter().filter(|(_, sheet)| kinds.insert(shape(&sheet.action))).collect()
    }
}

impl Watch {
    fn add(&mut self, other: Self) {
        self.seen.extend(other.seen);
        self.faults.extend(other.faults);
    }

    /// Looks through what somebody was shown, for what is not for them too.
    pub fn look(&mut self, who: &str, path: &str, answer: &Answer) {
        self.sound(who, path, answer);
        let shown = text(path, answer);
        for (mark, whose) in self.marks.iter().filter(|(mark, _)| shown.contains(mark) && !path.contains(mark)) {
            let body = who.split(' ').next().unwrap_or_default();
            match whose.iter().find(|for_whom| **for_whom == who || **for_whom == body) {
                Some(for_whom) => drop(self.seen.insert((*mark, *for_whom))),
                None => self.faults.push(format!("{who} is shown `{mark}` at {path}")),
            }
        }
    }

    /// Whether an answer is one that a browser may be given.
    pub fn sound(&mut self, who: &str, path: &str, answer: &Answer) {
        let mut wrong = |what: String| self.faults.push(format!("{who} at {path}: {what}"));
        if answer.status >= 500 {
            wrong(answer.status.to_string());
        }
        if let Some(missing) = answer.unprotected() {
            wrong(missing);
        }
        if !answer.header("cache-control").contains("no-store") {
            wrong(format!("may be kept: {}", answer.header("cache-control")));
        }
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            if !["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age="].iter().all(|part| cookie.contains(part)) {
                wrong(format!("a cookie for others: {cookie}"));
            }
        }
        if answer.header("content-type").starts_with("text/html") {
            let unsafe_markup =
                ["<script>", "<style", " style=\"", " onclick=", " onload=", " onerror=", "href=\"http", "href=\"//", "javascript:"];
            let page = answer.text();
            for markup in unsafe_markup.iter().filter(|markup| page.contains(**markup)) {
                wrong(format!("has {markup}"));
            }
        }
    }
}

/// What there is to read in an answer.
fn text(path: &str, answer: &Answer) -> String {
    if path.ends_with("/workbook") && answer.status == 200 {
        return unpacked(&answer.body);
    }
    // Lines of a calendar are folded.
    if path.contains(".ics") { answer.text().replace("\r\n ", "") } else { answer.text() }
}
