//! Plays a script line by line and compares, or says, what is answered.

use rust_decimal::Decimal;
use serde_json::Value;

use super::say;
use super::script::{Line, Step};
use super::stage::{Outcome, Stage};

/// What a line came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// Line number in the script.
    pub number: usize,
    /// What was answered.
    pub answered: Vec<String>,
}

/// Plays one line and answers what the stage said.
///
/// # Errors
/// When the line cannot be played. A refusal is an answer.
pub async fn line(stage: &mut Stage, line: &Line) -> anyhow::Result<Played> {
    let answered = match &line.step {
        Step::Chapter(_) | Step::Note(_) => Vec::new(),
        Step::Case(name) => {
            stage.open(name);
            Vec::new()
        }
        Step::Date(day) => stage.date(day).await.map(|()| Vec::new())?,
        Step::Wait(kind) => vec![say::event(&stage.wait(kind).await?)],
        Step::Show(what) => show(stage, what).await?,
        Step::Act(act) => match stage.act(act).await? {
            Outcome::Done(events) => events.iter().map(say::event).collect(),
            Outcome::Refused(code, params) => vec![say::refusal(&code, &params)],
        },
    };
    Ok(Played { number: line.number, answered })
}

/// Plays a whole script and compares. Answers the first difference.
///
/// # Errors
/// The line, what was expected and what was answered.
pub async fn compare(stage: &mut Stage, lines: &[Line]) -> anyhow::Result<()> {
    for expected in lines {
        let played = line(stage, expected).await.map_err(|e| e.context(format!("line {}", expected.number)))?;
        anyhow::ensure!(
            played.answered == expected.expected,
            "line {}: expected\n  {}\nanswered\n  {}",
            expected.number,
            expected.expected.join("\n  "),
            played.answered.join("\n  ")
        );
    }
    Ok(())
}

/// The script with the answers that were given: how a script is written, and brought up to date after a change that was meant.
///
/// # Errors
/// The line that cannot be played.
pub async fn rewrite(stage: &mut Stage, text: &str, lines: &[Line]) -> anyhow::Result<String> {
    let mut answers = std::collections::BTreeMap::new();
    for step in lines {
        let played = line(stage, step).await.map_err(|e| e.context(format!("line {}", step.number)))?;
        answers.insert(step.number, played.answered);
    }
    Ok(with_answers(text, &answers))
}

fn with_answers(text: &str, answers: &std::collections::BTreeMap<usize, Vec<String>>) -> String {
    let mut out = String::new();
    let mut waiting: Option<Vec<String>> = None;
    let mut continued = false;
    for (number, line) in (1..).zip(text.lines()) {
        if !continued && line.starts_with("  ") {
            continue;
        }
        if !continued {
            waiting = answers.get(&number).cloned();
        }
        out.push_str(line.trim_end());
        out.push('\n');
        continued = line.ends_with('\\');
        if !continued {
            for answer in waiting.take().unwrap_or_default() {
                out.push_str("  ");
                out.push_str(&answer);
                out.push('\n');
            }
        }
    }
    out
}

async fn show(stage: &mut Stage, what: &str) -> anyhow::Result<Vec<String>> {
    let words: Vec<&str> = what.split(' ').collect();
    match words.as_slice() {
        ["terms"] => Ok(terms(&stage.room("negotiation").await?)),
        ["obstacles"] => Ok(obstacles(&stage.room("negotiation").await?)),
        ["difference", from, to] => Ok(difference(&stage.difference(from.parse()?, to.parse()?).await?)),
        ["own", "shares", run] => shares(&stage.own_room("allocation").await?, run),
        ["own", "answer", study] => {
            let own = stage.own_room("allocation").await?;
            answer(&[&own, &stage.room("allocation").await?], study)
        }
        ["answer", study] => answer(&[&stage.room("allocation").await?], study),
        ["shares", run] => shares(&stage.room("allocation").await?, run),
        ["shares", run, "published", published @ ..] => beside(&stage.room("allocation").await?, run, published),
        ["ties"] => Ok(ties(&stage.room("negotiation").await?)),
        _ => anyhow::bail!("`show {what}` is not known"),
    }
}

fn object<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(name).and_then(Value::as_object).into_iter().flatten()
}

/// Values are said in the words of events.
fn said(name: &str, value: &Value) -> String {
    say::event(&serde_json::json!({ "": { name: { "": value } } })).trim_start_matches(name).trim_start_matches(" : ").to_owned()
}

fn terms(state: &Value) -> Vec<String> {
    object(state, "terms")
        .map(|(term, body)| {
            let agreed = body.pointer("/agreed/value").map_or_else(|| "open".to_owned(), |value| said("t", value));
            let label = body.pointer("/agreed/label").and_then(Value::as_str).map(|l| format!(" (called \"{l}\")")).unwrap_or_default();
            format!("{term}: {agreed}{label}")
        })
        .collect()
}

fn obstacles(state: &Value) -> Vec<String> {
    let all = state.get("obstacles").and_then(Value::as_array).into_iter().flatten();
    all.map(|obstacle| say::event(&serde_json::json!({ "": obstacle }))).collect()
}

fn difference(diff: &Value) -> Vec<String> {
    let mut lines = terms_of_difference(diff);
    let allocation = diff.get("allocation").unwrap_or(&Value::Null);
    let mover = allocation.get("moved").and_then(Value::as_str).unwrap_or("nobody");
    let rules = object(allocation, "rules").map(|(component, _)| format!("{component}: another rule, moved by {mover}"));
    lines.extend(rules);
    lines.extend(object(allocation, "differences").map(|(who, by)| format!("{who} bears {} more, moved by {mover}", said("t", by))));
    lines
}

fn terms_of_difference(diff: &Value) -> Vec<String> {
    object(diff, "terms")
        .map(|(term, change)| {
            let side = |name: &str| change.pointer(&format!("/value/{name}")).map_or_else(|| "nothing".to_owned(), |v| said("t", v));
            let moved = change.pointer("/value/moved").and_then(Value::as_str).map(|m| format!(", moved by {m}")).unwrap_or_default();
            format!("{term}: {} -> {}{moved}", side("old"), side("new"))
        })
        .collect()
}

fn shares(state: &Value, run: &str) -> anyhow::Result<Vec<String>> {
    let result = result_of(state, run)?;
    Ok(object(result, "total").map(|(member, money)| format!("{member}: {}", said("t", money))).collect())
}

/// The answer of a study in the first of these rooms, about a run in any of them, as `interlocal study` prints it.
fn answer(rooms: &[&Value], study: &str) -> anyhow::Result<Vec<String>> {
    let rooms = rooms.iter().map(|room| serde_json::from_value(Value::clone(room))).collect::<Result<Vec<allocation::State>, _>>()?;
    let studied = rooms.first().and_then(|room| room.studies.get(&study.parse().ok()?));
    let studied = studied.ok_or_else(|| anyhow::anyhow!("there is no study `{study}`"))?;
    let run = rooms.iter().find_map(|room| room.run_of(studied.study.of)).ok_or_else(|| anyhow::anyhow!("its run is not here"))?;
    let said = crate::study::say(&run.model, &studied.answer, gateway::problem::Language::English);
    Ok(said.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

fn result_of<'a>(state: &'a Value, run: &str) -> anyhow::Result<&'a Value> {
    let run = state.pointer(&format!("/runs/{run}")).ok_or_else(|| anyhow::anyhow!("there is no run `{run}`"))?;
    Ok(run.get("result").unwrap_or(run))
}

/// Computed shares beside what was published, as `<member>=<억>`, with the differences as they are. Nobody who pays may be left out.
fn beside(state: &Value, run: &str, published: &[&str]) -> anyhow::Result<Vec<String>> {
    let result = result_of(state, run)?;
    anyhow::ensure!(object(result, "total").count() == published.len(), "`{run}` and what was published name other members");
    let (mut rows, mut sums) = (Vec::new(), (Decimal::ZERO, Decimal::ZERO));
    for pair in published {
        let (member, printed) = pair.split_once('=').ok_or_else(|| anyhow::anyhow!("`{pair}` is not `<member>=<억>`"))?;
        let won = result.pointer(&format!("/total/{member}/amount")).and_then(Value::as_str);
        let won: Decimal = won.ok_or_else(|| anyhow::anyhow!("`{member}` pays nothing in `{run}`"))?.parse()?;
        let (computed, printed) = (won / Decimal::from(100_000_000), printed.parse()?);
        sums = (sums.0 + computed, sums.1 + printed);
        rows.push(compared(member, computed, printed));
    }
    rows.push(compared("together", sums.0, sums.1));
    Ok(rows)
}

fn compared(who: &str, computed: Decimal, published: Decimal) -> String {
    let difference = (computed - published).normalize();
    let sign = if difference > Decimal::ZERO { "+" } else { "" };
    format!("{who}: {}억 computed, {published}억 published, {sign}{difference}억", computed.normalize())
}

fn ties(state: &Value) -> Vec<String> {
    let bodies = object(state, "bodies").filter_map(|(body, seen)| Some((body, seen.get("ties")?.as_array()?)));
    bodies.flat_map(|(body, ties)| ties.iter().map(move |tie| format!("{body}: {}", say::event(&serde_json::json!({ "": tie }))))).collect()
}
