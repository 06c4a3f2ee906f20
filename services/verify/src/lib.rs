//! Whether a record is what it claims to be, without asking anyone: what `interlocal verify` and the page `/verify` say.
//!
//! It checks that every byte is where it must be (canonical JSON, hash chains, proofs in the tree, the signed checkpoint, commitments), and then runs
//! the rules of all services again over what was recorded: an entry that the rules do not make exactly as it stands is wrong, whoever has signed it.
//! The agreement and its readable texts are made again from the entries and compared.
//!
//! ```
//! use verify::{Language, Verdict, bundle};
//! let report = bundle(b"{}", None);
//! assert_eq!(report.verdict, Verdict::Wrong);
//! assert!(report.say(Language::English).contains("file: cannot be read: missing field"));
//! ```
//!
//! What it cannot see: whether a finding about something sealed is right (those entries are counted as attested), whether anything was agreed
//! elsewhere, and whose the key is. That is the caller's to know ([`Trust`]).

mod agreement;
mod case;
mod chain;
mod fault;
mod note;
mod reactions;
mod reading;
mod recompute;
mod replay;
mod report;
mod trust;
mod walk;
mod whole;
mod wording;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use proto::bundle::{Agreed, BUNDLE, Bundle, Part as Handed};
use runtime::model::{Rules, rules};

pub use fault::{Fault, Part, Place, Problem};
pub use recompute::Tables;
pub use report::{Counts, Report, Verdict};
pub use signing::readable::Language;
pub use trust::{Trust, TrustFile, fingerprint};

/// How to verify.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Whose signature counts. Without it the origin stays unproven.
    pub trust: Option<&'a Trust>,
    /// Allocations are solved again, with these tables of costs. Without it they are not.
    pub recompute: Option<&'a Tables>,
    /// Gives up at the next entry once this is set: for whoever verifies what strangers send.
    pub stop: Option<&'a AtomicBool>,
}

impl Options<'_> {
    fn go_on(self) -> Result<(), Fault> {
        if self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) { Err(Fault::Stopped) } else { Ok(()) }
    }
}

impl<'a> From<Option<&'a Trust>> for Options<'a> {
    fn from(trust: Option<&'a Trust>) -> Self {
        Self { trust, ..Self::default() }
    }
}

/// The rules of all services of a demo ledger.
#[must_use]
pub fn all_rules() -> Vec<Box<dyn Rules>> {
    vec![
        rules::<::ledger::calendar::Demo>(),
        rules::<registry::Registry>(),
        rules::<negotiation::Negotiation>(),
        rules::<allocation::Allocation>(),
        rules::<authority::Authority>(),
        rules::<approvals::Approvals>(),
        rules::<signing::Signing>(),
        rules::<mediation::Mediation>(),
        rules::<notifications::Notifications>(),
    ]
}

/// Verifies a bundle.
#[must_use]
pub fn bundle<'a>(bytes: &[u8], options: impl Into<Options<'a>>) -> Report {
    let options = options.into();
    let mut report = Report::default();
    let done = case::check(bytes, options, &mut report);
    concluded(report, done, options)
}

/// Verifies a whole ledger, line by line.
#[must_use]
pub fn ledger<'a>(source: impl BufRead + Send, options: impl Into<Options<'a>>) -> Report {
    let options = options.into();
    let mut report = Report::default();
    let done = whole::check(source, options, &mut report);
    concluded(report, done, options)
}

/// Verifies a file, whichever of the two it is.
///
/// # Errors
/// When it cannot be read.
pub fn file<'a>(path: &Path, options: impl Into<Options<'a>>) -> std::io::Result<Report> {
    let mut source = BufReader::with_capacity(1 << 20, std::fs::File::open(path)?);
    // The first line of a ledger holds no entry, so it ends early; a bundle is one line.
    let is_ledger = source.fill_buf()?.contains(&b'\n');
    if is_ledger { Ok(ledger(source, options)) } else { Ok(bundle(&std::fs::read(path)?, options)) }
}

/// The agreement that the entries of a bundle make, whatever it carries; the rest of the bundle is verified on the way.
///
/// # Errors
/// The first thing wrong.
pub fn agreement(bundle: &Bundle) -> Result<Option<Agreed>, Box<Problem>> {
    let walk = case::walk(bundle, Options::default(), &mut Report::default())?;
    agreement::of(&walk.replay, bundle.case)
}

/// Makes the bundle of what the ledger hands out: verifies it and adds the agreement.
///
/// # Errors
/// The first thing wrong.
pub fn make(part: Handed) -> Result<Bundle, Box<Problem>> {
    let Handed { case, checkpoint, entries, key, more: _, opened, remarks, size, tips } = part;
    let mut bundle = Bundle { agreement: None, case, checkpoint, entries, format: BUNDLE.to_owned(), key, opened, remarks, size, tips };
    bundle.agreement = agreement(&bundle)?;
    Ok(bundle)
}

fn concluded(mut report: Report, done: Result<(), Box<Problem>>, options: Options<'_>) -> Report {
    report.verdict = match (&done, options.trust) {
        (Err(_), _) => Verdict::Wrong,
        (Ok(()), Some(_)) => Verdict::Verified,
        (Ok(()), None) => Verdict::ConsistentOriginUnproven,
    };
    report.problem = done.err().map(|problem| *problem);
    report
}
