//! `interlocal study`: answers a question about a model on any machine, as the laboratory does.

mod say;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use gateway::problem::Language;
use proto::allocation::{Answer, Model, Question};

use crate::allocate::{REFUSED, Size, UNUSABLE, read, refused};

/// What to ask, and how to print the answer.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The model, JSON as the API takes it.
    pub model: PathBuf,
    /// The question, JSON as the API takes it.
    pub question: PathBuf,
    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
    /// How many members are looked at.
    #[command(flatten)]
    pub size: Size,
    /// Language of the answer.
    #[arg(long, value_name = "en|ko", default_value = "en", value_parser = ["en", "ko"])]
    pub lang: String,
}

/// Answers and prints. The status is 0 when there is an answer, 1 when model or question were refused, 2 when one of them cannot be read.
#[must_use]
pub fn command(args: &Args) -> ExitCode {
    let language = if args.lang == "ko" { Language::Korean } else { Language::English };
    let (model, question) = match read(&args.model).and_then(|model| Ok((model, ask(&args.question)?))) {
        Ok(both) => both,
        Err(error) => {
            eprintln!("interlocal: {error:#}");
            return ExitCode::from(UNUSABLE);
        }
    };
    match allocation::study(&model, &question, args.size.limit()) {
        Ok(answer) => {
            let json = || serde_json::to_string_pretty(&answer).unwrap_or_default();
            println!("{}", if args.json { json() } else { say(&model, &answer, language) });
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{}", refused(refusal, language));
            ExitCode::from(REFUSED)
        }
    }
}

/// Reads a question.
///
/// # Errors
/// When the file cannot be read or is no question, with line and column.
pub fn ask(file: &Path) -> anyhow::Result<Question> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("{} is no question", file.display()))
}

/// An answer as a text.
#[must_use]
pub fn say(model: &Model, answer: &Answer, language: Language) -> String {
    say::answer(&crate::allocate::say::Say { model, language }, answer)
}
