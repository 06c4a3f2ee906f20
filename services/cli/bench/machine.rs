//! What the figures were measured on.

use std::fmt;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Writes that are synced, to know the disk.
const WRITES: usize = 300;

/// The machine.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    cores: usize,
    memory_gib: Option<u64>,
    folder: String,
}

impl Machine {
    pub(crate) fn of(folder: &Path) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let info = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let kib = line_of(&info, "MemTotal:");
        // Rounded up: a part of the memory is the kernel's and does not count here.
        Self { cores, memory_gib: kib.map(|kib| kib.div_ceil(1 << 20)), folder: folder.display().to_string() }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let memory = self.memory_gib.map_or_else(|| "unknown memory".to_owned(), |gib| format!("{gib} GiB of memory"));
        let build = if cfg!(debug_assertions) { "a debug build: no figure counts" } else { "a release build" };
        write!(f, "{} cores, {memory}, data in {}; {build}", self.cores, self.folder)
    }
}

/// The number behind a name in the files of `/proc`.
pub(crate) fn line_of(text: &str, name: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// How long a write of 4 KiB takes to be on the disk, as a rule.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn fdatasync(folder: &Path) -> anyhow::Result<Duration> {
    let path = folder.join("fdatasync");
    let mut file = std::fs::File::create(&path)?;
    let mut took = Vec::with_capacity(WRITES);
    for _ in 0..WRITES {
        let start = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        took.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    took.sort_unstable();
    Ok(took.get(WRITES / 2).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_proc_is_found_by_its_name() {
        let text = "Name:\tinterlocal\nVmRSS:\t   81234 kB\nVmHWM:\t 99 kB\n";
        assert_eq!(line_of(text, "VmRSS:"), Some(81_234));
        assert_eq!(line_of(text, "VmSwap:"), None);
    }
}
