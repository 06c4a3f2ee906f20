//! What the services of one process share: settings, keys, the civil clock, health, and the two stages of shutdown.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use proto::actor::Service;
use proto::wire::Health;
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bus::Bus;
use crate::clock::Civil;
use crate::config::Settings;
use crate::db::{self, Commit};
use crate::token::{Issuer, Verifier};

/// One process of the platform.
#[derive(Clone)]
pub struct Platform {
    /// The settings.
    pub settings: Arc<Settings>,
    /// Address of the NATS server.
    pub nats: String,
    /// Civil time.
    pub civil: Arc<Civil>,
    /// Cancelled when the process should end: finish what is under way, take nothing new.
    pub soft: CancellationToken,
    /// Tasks that a shutdown waits for.
    pub tasks: TaskTracker,
    health: Arc<Mutex<Vec<Check>>>,
}

/// Answers how a service is.
type Check = Box<dyn Fn() -> Health + Send>;

impl Platform {
    /// A platform with these settings on this NATS server.
    #[must_use]
    pub fn new(settings: Settings, nats: String) -> Self {
        Self {
            settings: Arc::new(settings),
            nats,
            civil: Arc::default(),
            soft: CancellationToken::new(),
            tasks: TaskTracker::new(),
            health: Arc::default(),
        }
    }

    /// The folder with the platform's own keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.settings.data("keys")
    }

    /// A service's connection to the bus.
    ///
    /// # Errors
    /// When the service's key is missing.
    pub async fn bus(&self, service: Service) -> anyhow::Result<Bus> {
        Bus::connect(&self.nats, &self.keys(), service, &self.settings.deployment.name).await
    }

    /// A service's own tokens.
    ///
    /// # Errors
    /// When the service's key is missing.
    pub fn issuer(&self, service: Service) -> anyhow::Result<Issuer> {
        let key = self.keys().join(format!("{}.pem", service.name()));
        Issuer::open(&key, service, &self.settings.deployment.name, self.settings.token.lifetime_s)
    }

    /// The verifier of everybody's tokens.
    ///
    /// # Errors
    /// When public keys are missing.
    pub fn verifier(&self) -> anyhow::Result<Verifier> {
        Verifier::open(&self.keys(), &self.settings.deployment.name)
    }

    /// The database of a service's views: its SQLite file in the data directory, or its schema on PostgreSQL.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn database(&self, service: Service) -> anyhow::Result<DatabaseConnection> {
        let url = db::address(&self.settings, service.name());
        db::open(&url, service.name(), self.settings.database.max_connections, Commit::Derived).await
    }

    /// Adds a service to `/readyz`.
    pub fn watch(&self, check: impl Fn() -> Health + Send + 'static) {
        self.health.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(check));
    }

    /// How all services of this process are.
    #[must_use]
    pub fn health(&self) -> Vec<Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|check| check()).collect()
    }
}
