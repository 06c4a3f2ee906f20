//! The binary: parse, load the configuration, choose what to do, run.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use interlocal::{allocate, backup, bench, bundle, contract, demo, keys, rebuild, rules, study, table, up, verify};
use proto::actor::Service;
use proto::id::{CaseId, GovernmentId, OfficialId};
use runtime::config::Settings;
use runtime::telemetry;

/// Every command is many small strings on many threads, which this allocator is made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Governments negotiate a joint project, and leave a record that none of them has to take on trust.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    /// A configuration file; every setting and its default stands in deploy/defaults.toml.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts services in this process; none named: all.
    Up {
        /// Which, such as `negotiation ledger`.
        #[arg(value_parser = service)]
        services: Vec<Service>,
    },
    /// Walks two real cases over HTTP on a demo of its own, then leaves it running.
    Demo {
        /// End after the walk.
        #[arg(long)]
        once: bool,
    },
    /// Checks a bundle or an exported ledger offline. Status 0: holds, and the trust file says whose it is; 3: holds, origin unproven; 1: broken.
    Verify(verify::Args),
    /// Computes a model of the allocation laboratory and prints the settlement sheet. Status 0: there are shares; 1: refused; 2: unreadable.
    Allocate(allocate::Args),
    /// Computes one task of the allocation laboratory, bounded in memory: what `up` starts for long computations.
    #[command(hide = true)]
    Work {
        /// Begin anew with no more memory than this.
        #[arg(long)]
        memory_mib: Option<u64>,
    },
    /// Answers a question about such a model: what if, which rule, settlement, accession, exit. Status as of `allocate`.
    Study(study::Args),
    /// Says in plain words what the rules of the allocation laboratory reward, keep and break, and where they come from.
    Rules(rules::Args),
    /// Reads a table from a spreadsheet and prints what goes into a model, as JSON. Status 0: it was read; 1: refused; 2: unreadable.
    #[command(subcommand)]
    Table(table::Table),
    /// Writes what an outsider needs to verify a case offline.
    Bundle(bundle::Args),
    /// Makes a signing key for an official. The private half stays in this file.
    Keygen {
        /// Where to write the private key (PKCS#8 PEM, mode 0600).
        file: PathBuf,
    },
    /// Signs the digest of a frozen agreement and prints the detached JWS.
    Sign {
        /// The private key.
        #[arg(long)]
        key: PathBuf,
        /// The case.
        #[arg(long)]
        case: CaseId,
        /// The digest of the frozen agreement.
        #[arg(long)]
        agreement: proto::digest::Digest,
        /// For which party.
        #[arg(long)]
        government: GovernmentId,
        /// Who signs.
        #[arg(long)]
        official: OfficialId,
    },
    /// Builds a service's views anew from the ledger. The service must not be running here.
    Rebuild {
        /// Which.
        #[arg(value_parser = service)]
        service: Service,
    },
    /// Saves ledger, vault, documents and keys to a folder.
    Backup {
        /// The folder; it must not exist.
        to: PathBuf,
    },
    /// Restores a backup into an empty data directory.
    Restore {
        /// The folder a backup was saved to.
        from: PathBuf,
    },
    /// Records why entries that a published checkpoint promises are gone after a restore, so that the ledger goes on. It must not be running.
    LedgerGap {
        /// What happened, for whoever audits this ledger later.
        #[arg(long)]
        why: String,
    },
    /// Writes the whole ledger as JSON lines, for `verify` and for other tools.
    Export {
        /// The file.
        to: PathBuf,
        /// With sealed acts opened: for the operator's own check, not for handing out.
        #[arg(long)]
        opened: bool,
    },
    /// Writes the trust file of this ledger: who signs its checkpoints. Hand it out by another way than the bundles. Prints the key's fingerprint.
    Trust {
        /// The file.
        to: PathBuf,
    },
    /// Prints the authorization block of an outside NATS server: a user per service, with allow-lists from the table of subjects.
    NatsUsers,
    /// Prints the OpenAPI document.
    Contract,
    /// Measures on this machine and prints a table.
    Bench(bench::Args),
}

fn service(name: &str) -> Result<Service, String> {
    let known = || Service::ALL.map(Service::name).join(", ");
    Service::named(name).ok_or_else(|| format!("there is no service `{name}`; there are {}", known()))
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match Box::pin(run(cli)).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("interlocal: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let settings = || Settings::load(cli.config.as_deref());
    match cli.command {
        Command::Up { services } => {
            let settings = settings()?;
            let metrics = telemetry::start(&settings.log)?;
            let running = up::start(settings, &services, metrics).await?;
            if let Some(address) = running.address {
                println!("Interlocal is at http://{address}");
            }
            if let Some(address) = running.operations {
                println!("health and metrics are at http://{address}");
            }
            running.until_signal().await?;
        }
        Command::Demo { once } => return demo::run(settings()?, once).await,
        Command::Verify(args) => return verify::command(&args),
        Command::Allocate(args) => return Ok(allocate::command(&args)),
        Command::Work { memory_mib: Some(memory_mib) } => allocation::worker::bounded(memory_mib)?,
        Command::Work { memory_mib: None } => allocation::worker::work(std::io::stdin().lock())?,
        Command::Study(args) => return Ok(study::command(&args)),
        Command::Rules(args) => println!("{}", rules::said(&args)),
        Command::Table(table) => return Ok(table::command(&table)),
        Command::Bundle(args) => bundle::command(&args).await?,
        Command::Keygen { file } => keys::generate(&file)?,
        Command::Sign { key, case, agreement, government, official } => {
            println!("{}", keys::sign(&key, case, agreement, government, official)?);
        }
        Command::Rebuild { service } => rebuild::run(settings()?, service).await?,
        Command::Backup { to } => backup::save(&settings()?, &to).await?,
        Command::Restore { from } => backup::restore(&settings()?, &from).await?,
        Command::LedgerGap { why } => backup::record_gap(&settings()?, &why).await?,
        Command::Export { to, opened } => {
            let entries = backup::export(&settings()?, &to, opened).await?;
            println!("{entries} entries");
        }
        Command::Trust { to } => println!("{}", backup::trust(&settings()?, &to)?),
        Command::NatsUsers => {
            let settings = settings()?;
            runtime::keys::ensure(&settings.data("keys"))?;
            print!("{}", runtime::nats::authorization(&settings.data("keys"), &settings.deployment.name)?);
        }
        Command::Contract => println!("{}", serde_json::to_string_pretty(&contract::openapi())?),
        Command::Bench(args) => bench::run(&args).await?,
    }
    Ok(ExitCode::SUCCESS)
}
