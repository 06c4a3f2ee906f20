//! Appends of one service, coalesced: nothing waits for a batch to fill, and whatever has queued while requests are under way goes out as one.

use std::sync::Arc;

use async_nats::HeaderMap;
use proto::actor::Service;
use proto::wire::{Append, Appended, Failure, Reply};
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::bus::{Bus, unavailable};

/// Requests under way at once. Two keep the ledger busy while the next batch gathers.
const UNDER_WAY: usize = 2;
/// Appends in one request at most, and their bytes, well under the largest NATS message.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 512 * 1024;

type Waiting = (Append, oneshot::Sender<Result<Appended, Failure>>);

/// Where a service hands its appends in.
#[derive(Clone)]
pub struct Appender {
    queue: mpsc::Sender<Waiting>,
}

impl Appender {
    /// Starts the task that sends. It ends when the last handle is dropped.
    #[must_use]
    pub fn start(bus: Bus) -> Self {
        let (queue, waiting) = mpsc::channel(4096);
        tokio::spawn(gather(bus, waiting));
        Self { queue }
    }

    /// Appends one entry and waits until it is durable.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the ledger does not answer; whether the entry is there is then not known.
    pub async fn append(&self, append: Append) -> Result<Appended, Failure> {
        let (answer, answered) = oneshot::channel();
        self.queue.send((append, answer)).await.map_err(|_| unavailable(Service::Ledger))?;
        answered.await.unwrap_or_else(|_| Err(unavailable(Service::Ledger)))
    }
}

async fn gather(bus: Bus, mut waiting: mpsc::Receiver<Waiting>) {
    let under_way = Arc::new(Semaphore::new(UNDER_WAY));
    let mut carried: Option<Waiting> = None;
    loop {
        let Ok(permit) = Arc::clone(&under_way).acquire_owned().await else { return };
        let first = match carried.take() {
            Some(first) => first,
            None => match waiting.recv().await {
                Some(first) => first,
                None => return,
            },
        };
        let mut bytes = first.0.act.get().len();
        let mut batch = vec![first];
        while batch.len() < BATCH {
            let Ok(next) = waiting.try_recv() else { break };
            bytes += next.0.act.get().len();
            if bytes > BATCH_BYTES {
                carried = Some(next);
                break;
            }
            batch.push(next);
        }
        let bus = bus.clone();
        tokio::spawn(async move {
            send(&bus, batch).await;
            drop(permit);
        });
    }
}

async fn send(bus: &Bus, batch: Vec<Waiting>) {
    let (appends, answers): (Vec<Append>, Vec<_>) = batch.into_iter().unzip();
    let subject = bus.subjects().append(bus.service());
    let reply: Result<Reply<Vec<Appended>>, Failure> = bus.ask(Service::Ledger, subject, HeaderMap::new(), &appends).await;
    match reply {
        Ok(Reply::Ok(done)) if done.len() == answers.len() => {
            for (answer, done) in answers.into_iter().zip(done) {
                let _ = answer.send(Ok(done));
            }
        }
        Ok(Reply::Failed(failure)) | Err(failure) => refuse_all(answers, &failure),
        Ok(_) => refuse_all(answers, &unavailable(Service::Ledger)),
    }
}

fn refuse_all(answers: Vec<oneshot::Sender<Result<Appended, Failure>>>, failure: &Failure) {
    for answer in answers {
        let _ = answer.send(Err(failure.clone()));
    }
}
