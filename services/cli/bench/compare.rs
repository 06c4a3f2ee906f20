//! Whether views are what the rules make of the ledger: rows as they stand in the databases beside folds made here from the streams.

use proto::actor::Service;
use proto::stream::Stream;
use runtime::folds;
use runtime::model::Model;
use runtime::platform::Platform;
use runtime::rows::Rows;
use serde_json::Value;

use super::cases::Table;
use crate::all_rules;

/// Cases that are looked at.
const SAMPLE: usize = 60;

/// What was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compared {
    pub(crate) cases: u64,
    pub(crate) rows: u64,
    /// Rows that are not what replay makes, each with service and stream.
    pub(crate) different: Vec<String>,
    /// Entries with an offer, and their bytes in all.
    pub(crate) offers: u64,
    pub(crate) bytes: u64,
}

impl Compared {
    /// The mean length of an entry with an offer.
    pub(crate) fn mean_bytes(&self) -> u64 {
        self.bytes / self.offers.max(1)
    }
}

/// Compares the rows of a sample of cases, dealt evenly over all of them.
pub(crate) async fn views(platform: &Platform, tables: &[Table]) -> anyhow::Result<Compared> {
    let mut compared = Compared::default();
    let mut views = Vec::new();
    for service in Service::ALL.into_iter().filter(|service| !matches!(service, Service::Ledger | Service::Gateway)) {
        views.push((service, Rows::new(platform.database(service).await?, service.name())));
    }
    let bus = platform.bus(Service::Registry).await?;
    for table in tables.iter().step_by((tables.len() / SAMPLE).max(1)) {
        let stream = Stream::Case(table.case);
        let replayed = replay(&bus, &stream, &mut compared).await?;
        for (service, rows) in &views {
            let expected = replayed.of(*service).map(|rules| rules.state(&stream)).unwrap_or_default();
            let row = rows.get(&stream.to_string()).await?;
            let found: Option<Value> = row.map(|row| serde_json::from_str(&row.body)).transpose()?;
            compared.rows += 1;
            // No row is a fold of nothing: the service does not look at any event of the stream.
            if found.unwrap_or_else(|| nothing(*service)) != expected {
                compared.different.push(format!("{} of {stream}", service.name()));
            }
        }
        compared.cases += 1;
    }
    Ok(compared)
}

/// Folds one stream with the rules of all services.
async fn replay(bus: &runtime::bus::Bus, stream: &Stream, compared: &mut Compared) -> anyhow::Result<Model> {
    let mut model = Model::new(all_rules());
    let mut version = 0;
    loop {
        let page = folds::read(bus, stream, version).await?;
        if page.is_empty() {
            return Ok(model);
        }
        for recorded in page {
            let (entry, act) = folds::open(&recorded).map_err(anyhow::Error::msg)?;
            model.go_to(entry.position);
            model.record(stream, &act.events, entry.at, act.occurred.as_ref());
            version = entry.version;
            if act.events.iter().any(|event| event.kind() == "negotiation.offer_tabled") {
                compared.offers += 1;
                compared.bytes += recorded.entry.len() as u64;
            }
        }
    }
}

fn nothing(service: Service) -> Value {
    let model = Model::new(all_rules());
    model.of(service).map(|rules| rules.state(&Stream::Calendar)).unwrap_or_default()
}
