//! Many clients at once for some time, and how long each of their requests took.

use std::time::{Duration, Instant};

/// A client that does one thing after the other.
pub(crate) trait Client: Send + 'static {
    /// Does one thing and waits for its answer.
    fn once(&mut self) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measured {
    pub(crate) clients: u64,
    pub(crate) per_second: f64,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) done: u64,
    pub(crate) failed: u64,
    /// Why, the first time.
    pub(crate) failure: Option<String>,
}

/// How long things took one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    took: Vec<Duration>,
    failed: u64,
    failure: Option<String>,
}

/// Runs all clients for this long, and gives them back.
pub(crate) async fn measure<C: Client>(clients: Vec<C>, time: Duration) -> anyhow::Result<(Measured, Vec<C>)> {
    let count = clients.len() as u64;
    let start = Instant::now();
    let running: Vec<_> = clients.into_iter().map(|client| tokio::spawn(work(client, start + time))).collect();
    let (mut all, mut back) = (Tally::default(), Vec::with_capacity(running.len()));
    for task in running {
        let (tally, client) = task.await?;
        all.add(tally);
        back.push(client);
    }
    Ok((all.measured(count, start.elapsed()), back))
}

async fn work<C: Client>(mut client: C, until: Instant) -> (Tally, C) {
    let mut tally = Tally::default();
    loop {
        let start = Instant::now();
        if start >= until {
            return (tally, client);
        }
        let answered = client.once().await;
        let refused = answered.is_err();
        tally.note(start.elapsed(), answered);
        if refused {
            // Whoever is refused at once would try again without end.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Tally {
    /// Notes one thing, and whether it was answered as it should be.
    pub(crate) fn note(&mut self, took: Duration, answered: anyhow::Result<()>) {
        match answered {
            Ok(()) => self.took.push(took),
            Err(error) => {
                self.failed += 1;
                self.failure.get_or_insert_with(|| format!("{error:#}"));
            }
        }
    }

    /// Takes another's in.
    pub(crate) fn add(&mut self, other: Self) {
        self.took.extend(other.took);
        self.failed += other.failed;
        self.failure = self.failure.take().or(other.failure);
    }

    pub(crate) fn measured(mut self, clients: u64, elapsed: Duration) -> Measured {
        self.took.sort_unstable();
        let done = self.took.len() as u64;
        let rank = |of: usize| self.took.get(self.took.len() * of / 100).copied().unwrap_or_default();
        let per_second = if elapsed.is_zero() { 0.0 } else { lossy(done) / elapsed.as_secs_f64() };
        Measured { clients, per_second, p50: rank(50), p99: rank(99), done, failed: self.failed, failure: self.failure }
    }
}

/// A count as a number to divide.
#[expect(clippy::cast_precision_loss, reason = "counts of one run stay far below 2^52")]
pub(crate) fn lossy(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counter(u64);

    impl Client for Counter {
        async fn once(&mut self) -> anyhow::Result<()> {
            self.0 += 1;
            tokio::time::sleep(Duration::from_millis(1)).await;
            anyhow::ensure!(self.0 % 2 == 1, "every second one fails");
            Ok(())
        }
    }

    #[tokio::test]
    async fn what_was_done_and_what_failed_is_counted() {
        let (measured, back) = measure(vec![Counter(0), Counter(0)], Duration::from_millis(100)).await.unwrap();
        assert_eq!(measured.done + measured.failed, back.iter().map(|client| client.0).sum::<u64>());
        assert!(measured.done > 0 && measured.failed > 0 && measured.p50 <= measured.p99);
        assert_eq!(measured.failure.as_deref(), Some("every second one fails"));
    }

    #[test]
    fn ranks_are_of_sorted_times() {
        let took = (1..=200).rev().map(Duration::from_millis).collect();
        let measured = Tally { took, failed: 0, failure: None }.measured(1, Duration::from_secs(2));
        assert_eq!((measured.p50, measured.p99), (Duration::from_millis(101), Duration::from_millis(199)));
        assert!((measured.per_second - 100.0).abs() < 1e-9);
    }
}
