//! Up to where somebody has seen their cases: kept in a cookie of their browser, one for each person who signs in there. It says what is marked as
//! new and nothing else, so a forged one harms nobody but its forger.

use std::sync::{Arc, OnceLock};

use axum::http::{HeaderMap, HeaderValue};
use gateway::edge::Edge;
use gateway::session::cookie;
use proto::digest::Digest;
use proto::id::{CaseId, GovernmentId, OfficialId};

/// Cases of which a position of their own is remembered: 40 take less than a kilobyte.
const KEPT: usize = 40;
const A_YEAR: i64 = 365 * 24 * 3600;

/// What one person has seen: everything up to `all`, and of each of these cases up to a position of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Seen {
    all: Option<u64>,
    cases: Vec<(String, u64)>,
}

impl Seen {
    /// As the browser remembers it.
    pub fn of(headers: &HeaderMap, official: &OfficialId, government: &GovernmentId) -> Self {
        cookie(headers, &name(official, government)).map(Self::read).unwrap_or_default()
    }

    fn read(text: &str) -> Self {
        let mut parts = text.split('.');
        let all = parts.next().and_then(|all| all.parse().ok());
        let case = |part: &str| part.split_once('-').and_then(|(case, at)| Some((case.to_owned(), at.parse().ok()?)));
        Self { all, cases: parts.filter_map(case).take(KEPT).collect() }
    }

    fn write(&self) -> String {
        let cases = self.cases.iter().map(|(case, at)| format!(".{case}-{at}"));
        self.all.map(|all| all.to_string()).unwrap_or_default() + &cases.collect::<String>()
    }

    /// Up to where a case was seen; none when it never was.
    pub fn up_to(&self, case: CaseId) -> Option<u64> {
        let own = self.cases.iter().find(|(id, _)| *id == short(case)).map(|(_, at)| *at);
        own.max(self.all)
    }

    /// Whether this person was never here.
    pub fn is_new(&self) -> bool {
        *self == Self::default()
    }

    /// With everything seen up to a position.
    pub fn everything(position: u64) -> Self {
        Self { all: Some(position), cases: Vec::new() }
    }

    /// With this case seen up to a position: it is the last to be forgotten.
    fn with(mut self, case: CaseId, position: u64) -> Self {
        let id = short(case);
        self.cases.retain(|(known, at)| *known != id && Some(*at) > self.all);
        self.cases.insert(0, (id, position));
        self.cases.truncate(KEPT);
        self
    }

    /// The cookie that remembers it.
    pub fn cookie(&self, edge: &Edge, official: &OfficialId, government: &GovernmentId) -> Option<HeaderValue> {
        edge.0.sessions.set(&name(official, government), &self.write(), A_YEAR)
    }
}

fn name(official: &OfficialId, government: &GovernmentId) -> String {
    let digest = Digest::of(format!("{official} {government}").as_bytes()).to_string();
    format!("seen-{}", digest.get(..12).unwrap_or_default())
}

/// The part of a case's id that is random.
fn short(case: CaseId) -> String {
    let id = case.0.simple().to_string();
    id.get(20..).unwrap_or_default().to_owned()
}

/// Which case a page showed, up to where, to whom: noted by whoever reads the case, kept by whoever answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looked(Arc<OnceLock<(OfficialId, GovernmentId, CaseId, u64)>>);

impl Looked {
    /// A page shows a case.
    pub fn note(&self, official: &OfficialId, government: &GovernmentId, case: CaseId, position: u64) {
        let _ = self.0.set((official.clone(), government.clone(), case, position));
    }

    /// The cookie that remembers it, if it was not remembered so far.
    pub fn cookie(&self, headers: &HeaderMap, edge: &Edge) -> Option<HeaderValue> {
        let (official, government, case, position) = self.0.get()?;
        let before = Seen::of(headers, official, government);
        let known = before.up_to(*case).is_some_and(|seen| seen >= *position);
        if known { None } else { before.with(*case, *position).cookie(edge, official, government) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(n: usize) -> CaseId {
        format!("01890a5d-ac96-774b-bcce-b3020000{n:04}").parse().unwrap()
    }

    #[test]
    fn what_was_seen_is_read_as_it_was_written() {
        let seen = Seen::everything(7).with(case(1), 9).with(case(2), 12);
        assert_eq!(Seen::read(&seen.write()), seen);
        assert_eq!((seen.up_to(case(1)), seen.up_to(case(2)), seen.up_to(case(3))), (Some(9), Some(12), Some(7)));
        assert!(Seen::default().is_new() && !seen.is_new());
        assert_eq!(Seen::read(&Seen::default().write()), Seen::default());
    }

    #[test]
    fn nonsense_is_as_if_nothing_had_been_seen() {
        for nonsense in ["", "x", "-1", "<script>", "..", "a-b.c-d", "99999999999999999999999"] {
            assert!(Seen::read(nonsense).is_new(), "{nonsense}");
        }
    }

    #[test]
    fn it_stays_small() {
        let seen = (0..500).fold(Seen::default(), |seen, n| seen.with(case(n), 1_000_000_000 + n as u64));
        assert!(seen.write().len() < 1_200, "{}", seen.write().len());
        assert_eq!(seen.up_to(case(499)), Some(1_000_000_499));
        assert_eq!(seen.up_to(case(0)), None);
    }

    #[test]
    fn what_lies_before_all_that_was_seen_needs_no_place() {
        let seen = Seen { all: Some(20), cases: vec![("x".into(), 10)] }.with(case(1), 30);
        assert_eq!(seen.cases.len(), 1);
    }
}
