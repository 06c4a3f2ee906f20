//! Soundings: what the own body and another have asked each other in confidence, and how it is answered, taken back or made an offer of.
//!
//! Each direction between two bodies is a sealed stream of its own, so all that could be there are asked for at once.

use axum::extract::Path;
use futures::future::join_all;
use gateway::problem::Problem;
use negotiation::soundings::Sounding;
use proto::actor::{Role, Service};
use proto::id::{CaseId, GovernmentId};
use proto::negotiation::{Command, Package, SoundingNo};
use proto::standing::Phase;
use proto::stream::Stream;
use serde::Deserialize;

use super::super::{self as rooms, Case, Room};
use super::entry::lines;
use super::faults::Faults;
use super::package::{Sent, sent};
use super::values::whole;
use crate::{Form, Page, Posted, When};

/// Where the soundings stand on the page.
pub(crate) const PLACE: &str = "soundings";

/// A sounding as one of the two sees it.
pub(crate) struct Line {
    /// Its forms are named after it.
    pub id: String,
    pub from: String,
    pub to: String,
    pub number: SoundingNo,
    /// To or from whom, in words.
    pub heading: String,
    /// Key and kind of how it stands.
    pub state: (&'static str, &'static str),
    pub made: When,
    /// Each thing it says, in short.
    pub says: Vec<String>,
    pub text: String,
    /// When and what was answered, and by whom.
    pub answer: Option<(When, String, String)>,
    /// Whether it waits for an answer of the own body.
    pub waits: bool,
    /// The form for the answer, and whether it was just refused.
    pub reply: Option<(Form, bool)>,
    pub withdraw: Option<Form>,
    /// Where it becomes an offer of the own body.
    pub offer: Option<String>,
}

/// All soundings between the own body and any other, the newest first.
///
/// # Errors
/// When the negotiation does not answer.
pub(crate) async fn lines_of(case: &Case) -> Result<Vec<Line>, Problem> {
    let own = &case.government;
    let others = case.state.bodies.keys().filter(|body| *body != own);
    let pairs = others.flat_map(|other| [(own.clone(), other.clone()), (other.clone(), own.clone())]);
    let found = join_all(pairs.map(|(from, to)| of(case, from, to))).await;
    let mut all: Vec<(SoundingNo, Sounding)> = Vec::new();
    for between in found {
        all.extend(between?);
    }
    all.sort_by_key(|(_, sounding)| std::cmp::Reverse(sounding.made_at));
    Ok(all.iter().map(|(number, sounding)| line(case, *number, sounding)).collect())
}

/// What one body has sounded another out on.
async fn of(case: &Case, from: GovernmentId, to: GovernmentId) -> Result<Vec<(SoundingNo, Sounding)>, Problem> {
    let between: negotiation::State = case.sealed(Service::Negotiation, Stream::Sounding(case.id, from, to)).await?;
    Ok(between.soundings.into_iter().collect())
}

fn line(case: &Case, number: SoundingNo, sounding: &Sounding) -> Line {
    let visit = &case.visit;
    let received = sounding.to == case.government;
    let other = if received { &sounding.by } else { &sounding.to };
    let delegate = case.acts(&[Role::Delegate]) && case.state.standing.phase == Phase::Open;
    let id = format!("{}-{}-{number}", sounding.by, sounding.to);
    let answering = format!("answer-{id}");
    let query = [("from", sounding.by.to_string()), ("whom", sounding.to.to_string()), ("sounding", number.to_string())];
    let query = serde_html_form::to_string(query).unwrap_or_default();
    let stands = sounding.withdrawn_at.is_none();
    Line {
        heading: visit.with(if received { "table-sounding-from" } else { "table-sounding-to" }, "body", case.called(other)),
        state: match (stands, &sounding.answer) {
            (false, _) => ("table-sounding-withdrawn", "neutral"),
            (true, Some(_)) => ("table-sounding-answered", "good"),
            (true, None) => (if received { "table-sounding-yours" } else { "table-sounding-awaited" }, "warn"),
        },
        made: visit.instant(&sounding.made_at),
        says: says(case, &sounding.package),
        text: sounding.text.clone().unwrap_or_default(),
        answer: sounding.answer.as_ref().map(|answer| {
            (visit.instant(&answer.at), visit.with("table-sounding-reply", "body", case.called(&sounding.to)), answer.text.clone())
        }),
        waits: received && sounding.is_open(),
        reply: (delegate && received && sounding.is_open()).then(|| (case.form(&answering), case.tried(&answering))),
        withdraw: (delegate && !received && stands).then(|| case.form(&format!("withdraw-{id}"))),
        offer: (delegate && stands).then(|| format!("{}/new?{query}", case.path(Room::Table))),
        from: sounding.by.to_string(),
        to: sounding.to.to_string(),
        number,
        id,
    }
}

/// What a package says, in short: values by their terms, which clauses it words, whether it holds an allocation.
fn says(case: &Case, package: &Package) -> Vec<String> {
    let value = |(id, value)| {
        let label = package.labels.get(id).map(|label| format!(" “{label}”")).unwrap_or_default();
        format!("{} {}{label}", case.name_of("term", id.as_str()), whole(case, value))
    };
    let clause = |id: &proto::id::ClauseId| case.visit.with("table-sounding-clause", "clause", &case.name_of("clause", id.as_str()));
    let allocation = package.allocation.map(|_| case.visit.t("table-allocation"));
    package.terms.iter().map(value).chain(package.wording.keys().map(clause)).chain(allocation).collect()
}

/// The sounding that the page for an offer starts from.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
    whom: Option<String>,
    sounding: Option<String>,
}

impl Asked {
    /// What it says, where there is one and whoever looks is one of the two.
    ///
    /// # Errors
    /// When the negotiation does not answer.
    pub async fn package(self, case: &Case) -> Result<Option<Package>, Problem> {
        let (Some(from), Some(whom), Some(number)) = (read(self.from), read(self.whom), read::<SoundingNo>(self.sounding)) else {
            return Ok(None);
        };
        let found = of(case, from, whom).await?;
        Ok(found.into_iter().find(|(no, _)| *no == number).map(|(_, sounding)| sounding.package))
    }
}

fn read<T: std::str::FromStr>(text: Option<String>) -> Option<T> {
    text?.parse().ok()
}

/// Others whom the own body can sound out, as a form chooses among them; empty where it can sound nobody out.
pub(crate) fn addressees(case: &Case) -> Vec<(String, String)> {
    if !case.state.may_sound_out(&case.government) {
        return Vec::new();
    }
    let none = (String::new(), case.visit.t("table-sounding-choose"));
    let others = case.state.standing.parties.iter().filter(|party| **party != case.government);
    [none].into_iter().chain(others.map(|party| (party.to_string(), case.called(party).to_owned()))).collect()
}

/// The command by which a package is sounded out; none where nobody is named.
pub(crate) fn sounding_out(case: &Case, fields: &Sent, package: Package, faults: &mut Faults) -> Option<Command> {
    let Ok(to) = sent(fields, "whom").parse() else {
        faults.add("whom", case.visit.t("table-unread-whom"));
        return None;
    };
    let text = Some(lines(sent(fields, "words"))).filter(|text| !text.is_empty());
    Some(Command::SoundOut { to, package, text })
}

/// What is sent about a sounding that is there.
#[derive(Deserialize)]
pub(crate) struct Fields {
    from: String,
    whom: String,
    sounding: String,
    #[serde(default)]
    text: String,
}

impl Fields {
    fn form(&self, act: &str) -> String {
        format!("{act}-{}-{}-{}", self.from, self.whom, self.sounding)
    }
}

pub(crate) async fn answer(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    let (from, number, text) = (posted.fields.from.parse(), posted.fields.sounding.parse(), lines(posted.fields.text.trim()));
    let command = from.ok().zip(number.ok()).map(|(from, sounding)| Command::AnswerSounding { from, sounding, text });
    act(id, "answer", posted, command).await
}

pub(crate) async fn withdraw(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    let (to, number) = (posted.fields.whom.parse(), posted.fields.sounding.parse());
    let command = to.ok().zip(number.ok()).map(|(to, sounding)| Command::WithdrawSounding { to, sounding });
    act(id, "withdraw", posted, command).await
}

async fn act(id: CaseId, act: &str, posted: Posted<Fields>, command: Option<Command>) -> Page {
    let name = posted.fields.form(act);
    if let Some(command) = command {
        return rooms::act(id, Room::Table, name, posted, command).await;
    }
    let problem = posted.signed.visit.wrong("table-unread-sounding", serde_json::Value::Null);
    rooms::refuse(id, Room::Table, name, posted, problem).await
}
