//! The bus: requests and announcements over NATS, with a credential per service and a bounded wait for every answer.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use async_nats::{Client, HeaderMap};
use bytes::Bytes;
use proto::actor::Service;
use proto::subject::Subjects;
use proto::wire::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How long an answer may take before the request counts as failed.
const PATIENCE: Duration = Duration::from_secs(5);

/// One service's connection.
#[derive(Clone)]
pub struct Bus {
    client: Client,
    subjects: Subjects,
    service: Service,
}

impl Bus {
    /// Connects with the service's nkey. Keeps trying until the server is there, and reconnects for ever.
    ///
    /// # Errors
    /// When the key file is missing or the address cannot be understood.
    pub async fn connect(url: &str, keys: &Path, service: Service, deployment: &str) -> anyhow::Result<Self> {
        let subjects = Subjects::new(deployment);
        let file = keys.join(format!("{}.nk", service.name()));
        let seed = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let client = async_nats::ConnectOptions::with_nkey(seed.trim().to_owned())
            .name(format!("interlocal {}", service.name()))
            .custom_inbox_prefix(subjects.inbox(service))
            .retry_on_initial_connect()
            .request_timeout(Some(PATIENCE))
            .subscription_capacity(65_536)
            .reconnect_delay_callback(|attempts| Duration::from_millis(50 * u64::try_from(attempts.min(20)).unwrap_or(20)))
            .event_callback(move |event| async move {
                match event {
                    async_nats::Event::SlowConsumer(_) => {
                        metrics::counter!("interlocal_bus_slow_total", "service" => service.name()).increment(1);
                        tracing::warn!(service = service.name(), "bus.slow");
                    }
                    event => tracing::debug!(service = service.name(), event = %event, "bus.event"),
                }
            })
            .connect(url)
            .await?;
        Ok(Self { client, subjects, service })
    }

    /// Whose connection this is.
    #[must_use]
    pub fn service(&self) -> Service {
        self.service
    }

    /// The deployment's subjects.
    #[must_use]
    pub fn subjects(&self) -> &Subjects {
        &self.subjects
    }

    /// The client itself, to subscribe and to serve.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether the server can be reached now.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.client.connection_state() == async_nats::connection::State::Connected
    }

    /// Asks and waits for the answer.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] naming the part that does not answer; whether it acted is then not known.
    pub async fn ask<T: DeserializeOwned>(
        &self,
        part: Service,
        subject: String,
        headers: HeaderMap,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let payload = serde_json::to_vec(body).map_err(|e| Failure::Malformed { detail: e.to_string() })?;
        let answer = self.ask_bytes(part, subject, headers, payload.into()).await?;
        serde_json::from_slice(&answer).map_err(|e| {
            tracing::error!(part = part.name(), error = %e, "bus.answer_unreadable");
            unavailable(part)
        })
    }

    /// Asks with bytes and answers bytes.
    ///
    /// # Errors
    /// As [`Bus::ask`].
    pub async fn ask_bytes(&self, part: Service, subject: String, headers: HeaderMap, payload: Bytes) -> Result<Bytes, Failure> {
        if payload.len() > self.client.max_payload() {
            return Err(Failure::TooLarge { bytes: payload.len(), limit: self.client.max_payload() });
        }
        let answer = self.client.request_with_headers(subject, headers, payload).await;
        answer.map(|message| message.payload).map_err(|error| {
            tracing::debug!(part = part.name(), error = %error, "bus.no_answer");
            unavailable(part)
        })
    }

    /// Announces. Announcements are hints: losing them loses nothing.
    pub async fn announce(&self, subject: String, payload: Bytes) {
        if let Err(error) = self.client.publish(subject, payload).await {
            tracing::debug!(error = %error, "bus.announcement_lost");
        }
    }
}

/// The failure of a part that does not answer.
#[must_use]
pub fn unavailable(part: Service) -> Failure {
    Failure::Unavailable { part: part.name().to_owned() }
}
