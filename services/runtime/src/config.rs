//! Configuration: the commented defaults file, then the operator's file, then the environment.

use std::path::{Path, PathBuf};

use config::{Config, Environment, File, FileFormat};
use serde::Deserialize;

/// The defaults file: the whole configuration reference.
pub const DEFAULTS: &str = include_str!("../../../deploy/defaults.toml");

/// All settings. What each does stands in `deploy/defaults.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the defaults file is the one place where settings are explained")]
pub struct Settings {
    pub deployment: Deployment,
    pub http: Http,
    pub nats: Nats,
    pub database: Database,
    pub ledger: Ledger,
    pub token: Token,
    pub session: Session,
    pub oidc: Oidc,
    pub cache: Cache,
    pub allocation: Allocation,
    pub log: Log,
}

/// `[deployment]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Deployment {
    pub name: String,
    pub mode: Mode,
    pub data_dir: PathBuf,
    pub calendar: String,
    pub register: String,
}

/// Whether this ledger is for show or for real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A chooser of persons, example data, a calendar that can be set.
    Demo,
    /// The real calendar.
    Production,
}

/// `[http]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Http {
    pub listen: String,
    pub origin: String,
    pub operations: String,
    pub body_limit: usize,
    pub document_limit: usize,
    pub rate_per_second: u32,
    pub timeout_s: u64,
}

/// `[nats]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Nats {
    pub url: String,
    pub server: String,
    pub port: u16,
}

/// `[database]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Database {
    pub url: String,
    pub max_connections: u32,
}

/// `[ledger]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Ledger {
    pub origin: String,
    pub documents: String,
    pub batch: usize,
}

/// `[token]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Token {
    pub lifetime_s: i64,
}

/// `[session]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Session {
    pub idle_minutes: u32,
    pub longest_hours: u32,
}

/// `[oidc]`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Oidc {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    pub client_secret_file: String,
    pub scopes: String,
    pub claim: String,
    pub officials: String,
}

/// Without the secret.
impl std::fmt::Debug for Oidc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Oidc").field("issuer", &self.issuer).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// `[cache]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Cache {
    pub streams: std::num::NonZeroUsize,
}

/// `[allocation]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Allocation {
    pub workers: std::num::NonZeroUsize,
    pub memory_mib: u64,
    pub minutes: u64,
    pub program: String,
}

/// `[log]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see the defaults file")]
pub struct Log {
    pub filter: String,
    pub format: String,
}

impl Settings {
    /// Reads the defaults, the operator's file if there is one, and `INTERLOCAL__SECTION__KEY` from the environment.
    ///
    /// # Errors
    /// Names the file and the key that cannot be understood; an unknown key is an error, so that a misspelt one is not silently a default.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut builder = Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
        if let Some(path) = file {
            builder = builder.add_source(File::from(path).format(FileFormat::Toml));
        }
        let environment = Environment::with_prefix("INTERLOCAL").prefix_separator("__").separator("__").try_parsing(true);
        let settings: Self = builder.add_source(environment).build()?.try_deserialize()?;
        anyhow::ensure!((1..=300).contains(&settings.token.lifetime_s), "[token] lifetime_s must be from 1 to 300 seconds");
        Ok(settings)
    }

    /// A file or folder in the data directory.
    #[must_use]
    pub fn data(&self, name: &str) -> PathBuf {
        self.deployment.data_dir.join(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_complete_and_listen_on_loopback_only() {
        let settings = Settings::load(None).unwrap();
        assert!(settings.http.listen.starts_with("127.0.0.1:"));
    }

    #[test]
    fn a_misspelt_key_is_an_error() {
        let dir = std::env::temp_dir().join(format!("interlocal-config-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let file = dir.join("misspelt.toml");
        std::fs::write(&file, "[http]\nlisen = \"127.0.0.1:1\"\n").unwrap();
        let error = Settings::load(Some(&file)).unwrap_err().to_string();
        std::fs::remove_dir_all(&dir).unwrap();
        assert!(error.contains("lisen"), "{error}");
    }
}
