//! One computation in a process of its own: what it may use is bounded, and it can be stopped at any moment, also in the middle of a solver that is not
//! ours. It reads one [`Task`] as JSON, and writes lines of [`Said`].

use std::cell::Cell;
use std::io::{Read, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use proto::allocation::{Done, Model, Work};
use rustix::process::{Resource, Rlimit, nice, setrlimit};
use serde::{Deserialize, Serialize};
#[cfg(target_os = "linux")]
use thread_priority::{NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy, thread_native_id};

use crate::progress::reporting;
use crate::work::perform;

/// Nothing else that runs on the machine waits for a computation.
const NICE: i32 = 19;
/// So many steps are told of a computation at most.
const TOLD: u64 = 100;

/// What is to be computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// What was asked for.
    pub work: Work,
    /// The model of the run, or of the run that is studied, with its tables in it.
    pub model: Model,
    /// Up to so many members all sets of them are looked at.
    pub members: u8,
}

/// What a worker says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// How far it has come.
    Progress {
        /// Steps done.
        done: u64,
        /// Of how many.
        of: u64,
    },
    /// What came of it. The last line.
    Done(Done),
}

/// Becomes a worker that leaves the processor to all others and uses no more memory than this. The program begins anew, because an allocator takes a
/// store of memory when it begins.
///
/// # Errors
/// When the process cannot be bounded. Does not come back otherwise.
pub fn bounded(memory_mib: u64) -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    when_idle()?;
    nice(NICE)?;
    let most = Some(memory_mib.saturating_mul(1 << 20));
    setrlimit(Resource::Data, Rlimit { current: most, maximum: most })?;
    Err(Command::new(std::env::current_exe()?).arg("work").exec().into())
}

/// Has the process computed only when no other wants the processor: then whoever wakes up gets it at once. By niceness alone it would wait for the end
/// of a slice of time.
#[cfg(target_os = "linux")]
fn when_idle() -> anyhow::Result<()> {
    let policy = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
    let set = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, policy);
    set.map_err(|error| anyhow::anyhow!("the worker's schedule cannot be set: {error:?}"))
}

/// The worker: reads a task from `from`, and writes what it says to standard output.
///
/// # Errors
/// When the task cannot be read, or nobody listens.
pub fn work(mut from: impl Read) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let task: Task = serde_json::from_slice(&bytes)?;
    drop(bytes);
    let last = Cell::new(0);
    let progress = move |done: u64, of: u64| {
        // A worker that nobody hears any more ends with its pipe.
        if done == 0 || done * TOLD / of > last.get() {
            last.set(done * TOLD / of);
            let _ = say(&Said::Progress { done, of });
        }
    };
    let done = reporting(progress, || perform(&task.work, &task.model, task.members));
    say(&Said::Done(done))
}

fn say(said: &Said) -> anyhow::Result<()> {
    let mut line = serde_json::to_vec(said)?;
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    out.write_all(&line)?;
    Ok(out.flush()?)
}
