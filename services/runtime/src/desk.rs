//! Commands that a service issues by itself, under its own token.

use async_nats::HeaderMap;
use proto::entry::Cause;
use proto::message::{Command, Target};
use proto::wire::{self, Failure, Receipt, Reply, Submission};

use crate::bus::Bus;
use crate::token::Issuer;

/// A service's own desk.
#[derive(Clone)]
pub struct Desk {
    bus: Bus,
    issuer: Issuer,
}

impl Desk {
    /// A desk on the service's bus, with its own tokens.
    #[must_use]
    pub fn new(bus: Bus, issuer: Issuer) -> Self {
        Self { bus, issuer }
    }

    /// Sends a command. A refusal is an answer: the command has come too late or too early. So is any failure that sending it again would not mend.
    ///
    /// # Errors
    /// When the service does not answer. Sent again with the same key it is done once.
    pub async fn issue(&self, target: &Target, command: Command, cause: Cause, key: &str) -> Result<(), Failure> {
        self.ask(target, command, cause, key).await.map(drop)
    }

    /// As [`Desk::issue`], with the answer: whether it was done.
    ///
    /// # Errors
    /// When the service does not answer.
    pub async fn ask(&self, target: &Target, command: Command, cause: Cause, key: &str) -> Result<Reply<Receipt>, Failure> {
        let service = command.service();
        let path = target.path();
        let subject = self.bus.subjects().command(service, path.rsplit('/').next().unwrap_or_default());
        let token = self.issuer.own().map_err(|e| Failure::Unauthenticated { why: e.to_string() })?;
        let mut headers = HeaderMap::new();
        headers.insert(wire::AUTHORIZATION, format!("Bearer {token}"));
        headers.insert(wire::IDEMPOTENCY_KEY, key);
        headers.insert(wire::TARGET, path);
        let submission = Submission { cause: Some(cause), ..Submission::from(command) };
        let reply = self.bus.ask::<Reply<Receipt>>(service, subject, headers, &submission).await?;
        match &reply {
            Reply::Ok(_) => {}
            Reply::Refused(refusal) => tracing::debug!(code = refusal.code(), key, "reaction.refused"),
            Reply::Failed(failure @ (Failure::Unavailable { .. } | Failure::Unauthenticated { .. })) => return Err(failure.clone()),
            Reply::Failed(failure) => {
                tracing::error!(error = %failure, key, "reaction.failed");
                metrics::counter!("interlocal_reaction_failed_total", "service" => self.bus.service().name()).increment(1);
            }
        }
        Ok(reply)
    }
}
