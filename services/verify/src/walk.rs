//! One entry after the other, through the chain and through the rules.

use proto::bundle::Opened;
use proto::entry::Body;
use proto::id::CaseId;

use crate::Options;
use crate::chain::Chain;
use crate::fault::Fault;
use crate::reading::{self, Read};
use crate::replay::Replay;
use crate::report::Counts;

/// How far a verification has come.
pub(crate) struct Walk<'a> {
    pub(crate) chain: Chain,
    pub(crate) replay: Replay<'a>,
    options: Options<'a>,
}

impl<'a> Walk<'a> {
    /// At the beginning. See [`Replay::new`].
    pub(crate) fn new(case: Option<CaseId>, options: Options<'a>) -> Self {
        Self { chain: Chain::default(), replay: Replay::new(case, options.recompute), options }
    }

    /// What was counted so far.
    pub(crate) fn counted(&self) -> Counts {
        Counts { clock_back: self.chain.clock_back, ..self.replay.counted() }
    }

    /// Takes in the next entry. `opened`: what was given for its commitment.
    pub(crate) fn take(&mut self, read: &Read, bytes: &str, opened: Option<&Opened>) -> Result<(), Fault> {
        self.options.go_on()?;
        let entry = &read.entry;
        self.chain.link(read)?;
        match (&entry.body, opened) {
            (Body::Open(_), Some(_)) => Err(Fault::NotReferred),
            (Body::Open(act), None) => {
                self.chain.act(entry, act)?;
                self.replay.act(entry, act, bytes)
            }
            (Body::Sealed(commitment), Some(opened)) => {
                let act = reading::opened(*commitment, opened)?;
                self.chain.act(entry, &act)?;
                self.replay.act(entry, &act, &opened.text)
            }
            (Body::Sealed(_), None) => {
                self.replay.sealed(entry);
                Ok(())
            }
        }
    }
}
