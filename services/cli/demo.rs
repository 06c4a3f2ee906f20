//! `interlocal demo`: two real cases over HTTP only, each person with their own token, said aloud. Prints what the platform answers and nothing it
//! does not; the scripts are the same that the tests compare line by line.

use std::io::{IsTerminal as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod middle;

use anyhow::Context as _;
use proto::id::CaseId;
use proto::words::day_of;
use runtime::clock::Civil;
use runtime::config::{Mode, Settings};
use runtime::telemetry;

use crate::scenario::play;
use crate::scenario::script::{self, Line, Step};
use crate::scenario::stage::{Place, Stage};
use crate::scenario::{BEGINS, Http};
use crate::{bundle, up, verify};

/// A script of the demo, and who takes the bundle of its last case home.
struct Script {
    name: &'static str,
    text: &'static str,
    reader: (&'static str, &'static str),
}

/// The scripts of the demo, in the order of their years.
const SCRIPTS: &[Script] = &[
    Script { name: "guro-gwangmyeong", text: include_str!("../../tests/scenarios/guro-gwangmyeong.txt"), reader: ("gyeonggi", "auditor") },
    Script { name: "hambaeksan", text: include_str!("../../tests/scenarios/hambaeksan.txt"), reader: ("gyeonggi", "auditor") },
    Script { name: "laboratory", text: include_str!("../../tests/scenarios/laboratory.txt"), reader: ("seoul", "delegate") },
];
/// Stands in a folder that a demo made, so that no other folder is ever removed.
const MARK: &str = "MADE_BY_THE_DEMO";

/// Runs the demo. `once`: ends after the walk.
///
/// # Errors
/// When something does not start, a script is answered otherwise than it says, or a bundle does not verify.
pub async fn run(mut settings: Settings, once: bool) -> anyhow::Result<ExitCode> {
    settings.deployment.mode = Mode::Demo;
    settings.deployment.data_dir = fresh_folder(&settings.data("demo"))?;
    BEGINS.clone_into(&mut settings.deployment.calendar);
    settings.http.rate_per_second = 0;
    "warn,async_nats=error,sqlx=error".clone_into(&mut settings.log.filter);
    free_port(&mut settings);
    let voice = Voice::new();
    voice.chapter("Starting all services: a ledger, a nats-server, eight services, the gateway");
    let metrics = telemetry::start(&settings.log)?;
    let running = up::start(settings.clone(), &[], metrics).await?;
    let address = running.address.map(|a| format!("http://{a}")).unwrap_or_default();
    let mut http = Http::new(&address)?;
    http.ready().await?;
    Voice::say(&format!("ready at {address}; a demo ledger on a calendar of its own, marked so"));
    let walked = walk(&voice, &settings, &address, &running.platform.civil).await;
    if walked.is_err() || once {
        running.stop().await;
        walked?;
        Voice::say("the demo is over and everything it started has ended");
        return Ok(ExitCode::SUCCESS);
    }
    voice.chapter(&format!("The platform stays up: {address}  (Ctrl-C ends it)"));
    Voice::say("sign in as one of the officials, for example gwangmyeong-delegate for gwangmyeong");
    running.until_signal().await?;
    Ok(ExitCode::SUCCESS)
}

fn fresh_folder(folder: &Path) -> anyhow::Result<PathBuf> {
    if folder.join(MARK).exists() {
        std::fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    anyhow::ensure!(!folder.exists(), "{} is there and was not made by a demo: move it away", folder.display());
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(MARK), "A demo made this folder and the next one removes it.\n")?;
    Ok(folder.to_owned())
}

/// The configured port, or another one on the same address if it is taken.
fn free_port(settings: &mut Settings) {
    if TcpListener::bind(&settings.http.listen).is_err()
        && let Some((host, _)) = settings.http.listen.rsplit_once(':')
    {
        settings.http.listen = format!("{host}:0");
    }
}

async fn walk(voice: &Voice, settings: &Settings, address: &str, civil: &Civil) -> anyhow::Result<()> {
    let salt = runtime::clock::uuid().to_string();
    let read = |Script { name, text, reader }: &Script| Ok((script::read(text).with_context(|| (*name).to_owned())?, *reader));
    let scripts = SCRIPTS.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    let steps: usize = scripts.iter().map(|(lines, _)| lines.len()).sum();
    let mut stage = Stage::new(Place::Http(Http::new(address)?), &salt);
    let mut done = 0;
    for (lines, reader) in scripts {
        for line in &lines {
            done += 1;
            voice.step(done, steps, line);
            let played = played(&mut stage, line).await?;
            Voice::answers(&played);
        }
        prove(voice, settings, address, (stage.case(), reader)).await?;
    }
    voice.chapter("The same two cases once more, left in the middle: take a side");
    for line in middle::lines(day_of(civil.now(), "Asia/Seoul")?)? {
        played(&mut stage, &line).await?;
    }
    Ok(())
}

/// Plays a line, and answers what the platform said, which must be what the script says.
async fn played(stage: &mut Stage, line: &Line) -> anyhow::Result<Vec<String>> {
    let played = play::line(stage, line).await.with_context(|| format!("line {}", line.number))?;
    anyhow::ensure!(played.answered == line.expected, "line {}: the script expects\n  {}", line.number, line.expected.join("\n  "));
    Ok(played.answered)
}

/// Writes the case's bundle, verifies it offline against the trust file, then changes one byte of a copy and shows that it is caught.
async fn prove(
    voice: &Voice,
    settings: &Settings,
    address: &str,
    (case, (government, role)): (CaseId, (&str, &str)),
) -> anyhow::Result<()> {
    voice.chapter("Whoever doubts the result verifies it offline");
    let folder = settings.data("bundles").join(case.to_string());
    let trust = settings.data("trust.json");
    crate::backup::trust(settings, &trust)?;
    let token = Http::new(address)?.token(government, role).await?;
    let file = bundle::fetch(address, &token, case, &folder).await?;
    Voice::say(&format!("bundle: {}", file.display()));
    let bytes = std::fs::read(&file)?;
    let report = verify::bundle(&bytes, Some(&verify::Trust::read(&trust)?));
    Voice::lines(&report.say(verify::Language::English));
    anyhow::ensure!(report.holds(), "the bundle does not verify");
    let mut altered = bytes;
    let middle = altered.len() / 2;
    if let Some(byte) = altered.get_mut(middle) {
        *byte ^= 1;
    }
    Voice::say(&format!("now byte {middle} of a copy is changed:"));
    let report = verify::bundle(&altered, Some(&verify::Trust::read(&trust)?));
    Voice::lines(&report.say(verify::Language::English));
    anyhow::ensure!(!report.holds(), "a changed bundle was not caught");
    Ok(())
}

/// Says what happens.
struct Voice {
    bold: bool,
}

impl Voice {
    fn new() -> Self {
        Self { bold: std::io::stdout().is_terminal() }
    }

    fn print(text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{text}");
        let _ = out.flush();
    }

    fn chapter(&self, title: &str) {
        if self.bold { Self::print(&format!("\n\x1b[1m== {title}\x1b[0m")) } else { Self::print(&format!("\n== {title}")) }
    }

    fn say(text: &str) {
        Self::print(&format!("   {text}"));
    }

    fn lines(text: &str) {
        text.lines().for_each(Self::say);
    }

    fn step(&self, done: usize, steps: usize, line: &Line) {
        let progress = format!("[{:>3} %]", done * 100 / steps.max(1));
        match &line.step {
            Step::Chapter(title) => self.chapter(title),
            Step::Note(note) => Self::print(&format!("        {note}")),
            Step::Case(_) | Step::Show(_) => {}
            Step::Date(day) => Self::print(&format!("{progress} calendar: {day}")),
            Step::Wait(_) => Self::print(&format!("{progress} the platform, by itself:")),
            Step::Act(act) => {
                let outside = act.occurred.as_ref().map(|(day, _)| format!(" (done on {day})")).unwrap_or_default();
                Self::print(&format!("{progress} {} of {}: {}{outside}", act.role, act.government, act.command.replace('_', " ")));
            }
        }
    }

    fn answers(answers: &[String]) {
        for answer in answers {
            Self::print(&format!("           -> {answer}"));
        }
    }
}
