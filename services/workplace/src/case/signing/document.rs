//! The agreement as it is frozen, for people to read on the page, and to take home as a file.

use std::collections::BTreeMap;

use ::signing::agreement::Agreement;
use ::signing::readable::{Language as Written, readable};
use ::signing::{Allocation, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use gateway::problem::Language;
use proto::actor::Service;
use proto::authority::{Function, Power};
use proto::digest::canonical;
use proto::id::{ClauseId, FunctionId, GovernmentId, ProcedureId};
use proto::money::Money;
use proto::negotiation::{AgreedClause, AgreedTerm};
use proto::wire::Failure;
use proto::words::Names;

use super::intent;
use crate::Page;
use crate::case::Case;
use crate::case::naming::numbered;

/// What is signed.
pub(super) struct Document {
    pub title: String,
    pub parties: Vec<String>,
    /// The legal form.
    pub form: String,
    pub clauses: Vec<Clause>,
    /// What, its value, and what the parties call it.
    pub terms: Vec<(String, String, Option<String>)>,
    pub shares: Option<Grid>,
    pub matrix: Option<Grid>,
}

/// A clause, with its lines.
pub(super) struct Clause {
    pub heading: String,
    pub wording: String,
}

/// A table: its columns, its rows by name, and whether the last row is their sum.
pub(super) struct Grid {
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

impl Document {
    pub fn of(agreement: &Agreement, case: &Case) -> Self {
        let text = &agreement.text;
        Self {
            title: case.visit.name(&text.title).to_owned(),
            parties: text.parties.iter().map(|party| case.called(party).to_owned()).collect(),
            form: form(&text.procedure, case),
            clauses: clauses(&text.clauses, case),
            terms: text.terms.values().map(|term| line(term, case)).collect(),
            shares: agreement.allocation.as_ref().map(|allocation| shares(allocation, case)),
            matrix: agreement.matrix.as_ref().map(|matrix| powers(matrix, case)),
        }
    }
}

fn form(procedure: &ProcedureId, case: &Case) -> String {
    let known = proto::procedure::register().get(procedure);
    known.map_or_else(|| procedure.to_string(), |known| case.visit.name(&known.names).to_owned())
}

fn line(term: &AgreedTerm, case: &Case) -> (String, String, Option<String>) {
    (case.visit.name(&term.names).to_owned(), case.value(&term.value), term.label.clone())
}

/// In the order of the numbers at the end of their names.
fn clauses(clauses: &BTreeMap<ClauseId, AgreedClause>, case: &Case) -> Vec<Clause> {
    let mut ordered: Vec<_> = clauses.iter().collect();
    ordered.sort_by_key(|(id, _)| numbered(id.as_str()));
    let written = |(id, clause): (&ClauseId, &AgreedClause)| {
        let (first, second) = match case.visit.language {
            Language::Korean => (&clause.wording.ko, &clause.wording.en),
            Language::English => (&clause.wording.en, &clause.wording.ko),
        };
        Clause {
            heading: case.article(id, &clause.heading),
            wording: first.as_ref().or(second.as_ref()).map(|text| text.trim().to_owned()).unwrap_or_default(),
        }
    };
    ordered.into_iter().map(written).collect()
}

fn shares(allocation: &Allocation, case: &Case) -> Grid {
    let result = &allocation.result;
    let payers: Vec<&GovernmentId> = result.total.keys().collect();
    let money = |amount: Option<&Money>| amount.map_or_else(|| "–".to_owned(), |amount| case.visit.money(amount));
    let granted = case.visit.t("signing-granted");
    let columns = [granted].into_iter().chain(payers.iter().map(|payer| case.called(payer).to_owned())).collect();
    let component = |id| allocation.model.components.get(id).map(|component| case.visit.name(&component.names).to_owned());
    let mut rows: Vec<_> = result
        .components
        .iter()
        .map(|(id, of)| {
            let paid = payers.iter().map(|payer| money(of.shares.get(*payer)));
            (component(id).unwrap_or_else(|| id.to_string()), [money(Some(&of.granted))].into_iter().chain(paid).collect())
        })
        .collect();
    let totals = payers.iter().map(|payer| money(result.total.get(*payer)));
    rows.push((case.visit.t("signing-total"), [String::new()].into_iter().chain(totals).collect()));
    Grid { columns, rows }
}

fn powers(matrix: &BTreeMap<FunctionId, Function>, case: &Case) -> Grid {
    let all = [
        (Power::Decide, "signing-decide"),
        (Power::Fund, "signing-fund"),
        (Power::Operate, "signing-operate"),
        (Power::BeConsulted, "signing-be_consulted"),
    ];
    let holders = |function: &Function, power: Power| {
        let held = function.holders.iter().flat_map(|(holder, holdings)| holdings.iter().map(move |holding| (holder, holding)));
        let said = held.filter(|(_, holding)| holding.power == power).map(|(holder, holding)| match &holding.legal_basis {
            Some(law) => format!("{} ({law})", case.called(holder)),
            None => case.called(holder).to_owned(),
        });
        said.collect::<Vec<_>>().join(", ")
    };
    let row = |function: &Function| {
        let cells = all.iter().map(|(power, _)| holders(function, *power)).collect();
        (case.visit.name(&function.names).to_owned(), cells)
    };
    Grid { columns: all.iter().map(|(_, name)| case.visit.t(name)).collect(), rows: matrix.values().map(row).collect() }
}

/// The document itself: canonical JSON, the same bytes wherever it is made.
pub(super) async fn canonical_file(case: Case) -> Page {
    let agreement = agreement(&case).await?;
    let bytes = agreement.canonical().map_err(|_| case.visit.failed(Failure::NotFound))?;
    Ok(file("application/json", &format!("agreement-{}.json", case.id), bytes))
}

/// The document as a text for people, in the language of the page.
pub(super) async fn readable_file(case: Case) -> Page {
    let agreement = agreement(&case).await?;
    let called = case.bodies.0.iter().filter_map(|(id, body)| Some((id.parse().ok()?, body.names.clone())));
    let names: BTreeMap<GovernmentId, Names> = called.collect();
    let language = match case.visit.language {
        Language::Korean => Written::Korean,
        Language::English => Written::English,
    };
    let name = format!("agreement-{}.{}.md", case.id, case.visit.tag());
    Ok(file("text/markdown; charset=utf-8", &name, readable(&agreement, &names, language).into_bytes()))
}

/// What a signatory signs, byte for byte.
pub(super) async fn intent_file(case: Case) -> Page {
    let state: State = case.fold(Service::Signing).await?;
    let intent = intent(&case, &state).ok_or_else(|| case.visit.failed(Failure::NotFound))?;
    let bytes = canonical(&intent).map_err(|_| case.visit.failed(Failure::NotFound))?;
    Ok(file("application/json", &format!("intent-{}-{}.json", case.id, case.government), bytes))
}

async fn agreement(case: &Case) -> Result<Agreement, gateway::problem::Problem> {
    let state: State = case.fold(Service::Signing).await?;
    Agreement::of(case.id, &state).map_err(|_| case.visit.failed(Failure::NotFound))
}

fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_ten_comes_after_article_two() {
        let mut ids = ["article-10", "article-2", "preamble"];
        ids.sort_by_key(|id| numbered(id));
        assert_eq!(ids, ["article-2", "article-10", "preamble"]);
        assert_eq!((numbered("article-7").1, numbered("preamble").1), (7, 0));
    }
}
