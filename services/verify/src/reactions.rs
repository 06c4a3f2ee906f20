//! What services did by themselves: each such entry must be what the rules do after its cause, and be done once.

use std::collections::{HashMap, HashSet};

use proto::actor::{Actor, Service};
use proto::entry::{Act, Cause, Entry};
use proto::id::CaseId;
use proto::message::{Command, Target};
use proto::registry;

use crate::fault::Fault;

/// A command that a service is to issue.
pub(crate) type Reaction = (Service, Target, Command);

/// On what an entry rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A person asked.
    Asked,
    /// The platform began with it.
    Unasked,
    /// The cause was seen.
    Seen,
    /// The cause is in a sealed entry that cannot be opened here, or in a stream of another case.
    Unseen,
}

/// What has happened, and what is to follow.
#[derive(Default)]
pub(crate) struct Reactions {
    /// Positions of all entries so far.
    seen: Vec<u64>,
    /// Positions of entries that cannot be read.
    sealed: HashSet<u64>,
    /// What must follow and has not, by the position of its cause.
    pending: HashMap<u64, Vec<Reaction>>,
}

impl Reactions {
    /// An entry, and what services do after it.
    pub(crate) fn happened(&mut self, position: u64, reactions: Vec<Reaction>) {
        self.seen.push(position);
        if !reactions.is_empty() {
            self.pending.insert(position, reactions);
        }
    }

    /// An entry that cannot be read.
    pub(crate) fn hidden(&mut self, position: u64) {
        self.seen.push(position);
        self.sealed.insert(position);
    }

    /// Checks why there is an entry at all. `scope`: only this case's streams are at hand; none: the whole ledger is.
    pub(crate) fn check(&mut self, entry: &Entry, act: &Act, target: &Target, scope: Option<CaseId>) -> Result<Ground, Fault> {
        match (&act.actor, act.cause) {
            (Actor::Official(_), None) => Ok(Ground::Asked),
            // The data with which a platform starts, and where a demo's calendar begins.
            (Actor::Service(Service::Registry | Service::Ledger), None) => Ok(Ground::Unasked),
            (Actor::Official(_), Some(_)) => Err(Fault::PersonWithCause),
            (Actor::Service(_), None) => Err(Fault::NoCause),
            (Actor::Service(_), Some(Cause::Due(cause) | Cause::Asked(cause))) => self.exists(entry, cause).map(|()| Ground::Seen),
            (Actor::Service(service), Some(Cause::Entry(cause))) => self.follows(entry, act, (*service, target), cause, scope),
        }
    }

    fn exists(&self, entry: &Entry, cause: u64) -> Result<(), Fault> {
        let there = cause < entry.position && self.seen.binary_search(&cause).is_ok();
        if there { Ok(()) } else { Err(Fault::CauseMissing { cause }) }
    }

    fn follows(&mut self, entry: &Entry, act: &Act, to: (Service, &Target), cause: u64, scope: Option<CaseId>) -> Result<Ground, Fault> {
        if let Err(missing) = self.exists(entry, cause) {
            let elsewhere = cause < entry.position && scope.is_some_and(|case| is_of_another(&act.command, case));
            return if elsewhere { Ok(Ground::Unseen) } else { Err(missing) };
        }
        if self.sealed.contains(&cause) {
            return Ok(Ground::Unseen);
        }
        let none = Fault::NoReaction { cause };
        let pending = self.pending.get_mut(&cause).ok_or_else(|| none.clone())?;
        let (service, target) = to;
        let nth = pending.iter().position(|(by, at, what)| *by == service && at == target && *what == act.command).ok_or(none)?;
        pending.remove(nth);
        Ok(Ground::Seen)
    }

    /// How many commands services were to issue and no entry shows. The rules may have refused them.
    pub(crate) fn unanswered(&self) -> u64 {
        self.pending.values().map(|pending| pending.len() as u64).sum()
    }
}

/// A key's uses in other cases stand in its owner's stream too.
fn is_of_another(command: &Command, case: CaseId) -> bool {
    matches!(command, Command::Registry(registry::Command::NoteKeyUse { case: other, .. }) if *other != case)
}
