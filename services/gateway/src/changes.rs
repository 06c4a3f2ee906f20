//! That something has changed, in a word: what open pages hear of an entry, and how far the ledger had come when a page was made.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use proto::actor::{Actor, Service};
use proto::entry::{Act, Body, Entry};
use proto::id::CaseId;
use proto::wire::Head;
use runtime::bus::Bus;
use runtime::platform::Platform;
use serde::Serialize;
use serde_json::Value;

use crate::edge::Edge;
use crate::problem::Language;
use crate::record::Read;
use crate::register::Bodies;
use crate::texts;

/// Views have taken in long since what was announced so long ago.
const SETTLED: Duration = Duration::from_secs(1);

/// An entry as an open page hears of it.
#[derive(Debug, Serialize)]
pub(crate) struct Change {
    pub(crate) position: u64,
    /// The case that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseId>,
    /// Who did what, in words.
    said: String,
}

impl Change {
    /// What the page of this reader is told; nothing if the entry cannot be read.
    pub(crate) fn of(read: &Read, bodies: &Bodies, language: Language) -> Option<Self> {
        let entry: Entry = serde_json::from_str(&read.entry).ok()?;
        let act = match entry.body {
            Body::Open(act) => *act,
            Body::Sealed(_) => serde_json::from_value(read.act.clone()?).ok()?,
        };
        Some(Self { position: entry.position, case: entry.stream.case(), said: said(&act, bodies, language) })
    }
}

fn said(act: &Act, bodies: &Bodies, language: Language) -> String {
    let who = match &act.actor {
        Actor::Official(capacity) => bodies.called(language, capacity.government.as_str()).to_owned(),
        Actor::Service(_) => texts::said(language, "platform"),
    };
    let what: Vec<String> = act.events.iter().map(|event| texts::said(language, &format!("event-{}", event.kind()))).collect();
    format!("{who}: {}", what.join(", "))
}

/// How far the ledger has come, as far as announcements have told this process.
#[derive(Default)]
pub struct Heads {
    heard: Mutex<Heard>,
}

/// On a busy ledger the first and the last announcement that have not settled are enough.
#[derive(Default)]
struct Heard {
    settled: Option<u64>,
    first: Option<(u64, Instant)>,
    last: Option<(u64, Instant)>,
}

impl Heads {
    /// The ledger's next position as it stood so long ago that every view has it: a page that is made now shows everything before.
    #[must_use]
    pub fn settled(&self) -> Option<u64> {
        self.heard().settled
    }

    /// What was heard, with what has settled meanwhile.
    fn heard(&self) -> MutexGuard<'_, Heard> {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((head, _)) = heard.first.take_if(|(_, since)| since.elapsed() >= SETTLED) {
            heard.settled = Some(head);
            heard.first = heard.last.take();
        }
        heard
    }

    fn hear(&self, head: u64) {
        let announced = Some((head, Instant::now()));
        let mut before = self.heard();
        if before.first.is_none() {
            before.first = announced;
        } else {
            before.last = announced;
        }
    }

    /// Listens to the announcements until the platform shuts down.
    pub fn listen(self: &Arc<Self>, platform: &Platform, bus: Bus) {
        let (heads, soft) = (Arc::clone(self), platform.soft.clone());
        platform.tasks.spawn(async move {
            let Ok(mut announced) = bus.client().subscribe(bus.subjects().head()).await else { return };
            while let Some(Some(message)) = soft.run_until_cancelled(announced.next()).await {
                if let Ok(Head { head, .. }) = serde_json::from_slice(&message.payload) {
                    heads.hear(head);
                }
            }
        });
    }
}

/// The ledger's next position, or a little before.
pub(crate) async fn now(edge: &Edge) -> u64 {
    if let Some(settled) = edge.0.heads.settled() {
        return settled;
    }
    let Ok(own) = edge.own() else { return 0 };
    let note: String = edge.ask(&own, Service::Ledger, "checkpoint", &Value::Object(serde_json::Map::new())).await.unwrap_or_default();
    note.lines().nth(1).and_then(|size| size.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_announced_just_now_has_not_settled() {
        let heads = Heads::default();
        assert_eq!(heads.settled(), None);
        for head in [7, 8, 9] {
            heads.hear(head);
        }
        assert_eq!(heads.settled(), None);
        let age = |place: &mut Option<(u64, Instant)>| *place = place.map(|(head, since)| (head, since.checked_sub(SETTLED).unwrap()));
        age(&mut heads.heard.lock().unwrap().first);
        assert_eq!(heads.settled(), Some(7));
        heads.hear(12);
        age(&mut heads.heard.lock().unwrap().first);
        assert_eq!(heads.settled(), Some(9));
        age(&mut heads.heard.lock().unwrap().first);
        assert_eq!(heads.settled(), Some(12));
    }
}
