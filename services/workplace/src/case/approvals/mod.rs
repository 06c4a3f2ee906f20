//! The steps that the legal form demands, of every government side by side: what each waits for, until when, what silence means, what was done and
//! what shows it; and for whoever may act, the step at hand with its forms.

use approvals::{Instance, State};
use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use gateway::edge::Edge;
use proto::actor::Service;

use super::{Case, Head, Room};
use crate::{Page, Visit, render};

mod acts;
mod attempts;
mod conditions;
mod grid;
mod offered;
mod step;

#[derive(Template)]
#[template(path = "case/approvals.html")]
struct ApprovalsPage {
    visit: Visit,
    head: Head,
    /// What is still missing until signing, and until entry into force.
    roads: Vec<conditions::Road>,
    /// Steps in which whoever looks can act now.
    turns: Vec<offered::Turn>,
    step: Option<step::Shown>,
    grid: grid::Grid,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/approvals", get(page))
        .route("/cases/{case}/approvals/record", post(acts::record))
        .route("/cases/{case}/approvals/decide", post(acts::decide))
        .route("/cases/{case}/approvals/clock", post(acts::clock))
        .route("/cases/{case}/approvals/sign-off", post(acts::sign_off))
}

pub(crate) async fn page(case: Case) -> Page {
    let (state, own) = tokio::join!(case.fold::<State>(Service::Approvals), case.own::<State>(Service::Approvals));
    let (state, own) = (state?, own?);
    let reasons = state.lanes.all().filter_map(|instance| instance.decided.as_ref()).map(|decided| &decided.why);
    let remarks = case.remarks(reasons.chain(state.lanes.all().flat_map(attempts::remarks))).await?;
    let reader = Reader { case: &case, state: &state, remarks: &remarks };
    let page = ApprovalsPage {
        head: Head::of(&case, Room::Approvals),
        roads: conditions::roads(&reader),
        turns: offered::turns(&reader),
        step: step::shown(&reader, &own.sign_offs),
        grid: grid::of(&reader),
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

/// A case, its steps, and what is said in them.
struct Reader<'a> {
    case: &'a Case,
    state: &'a State,
    remarks: &'a super::remarks::Remarks,
}

impl Reader<'_> {
    /// What a step is called.
    fn step(&self, instance: &Instance) -> String {
        self.case.visit.name(&instance.step.names).to_owned()
    }

    /// Whose it is: a party, or all together.
    fn owner(&self, instance: &Instance) -> String {
        let common = || self.case.visit.t("approvals-together");
        instance.of.government.as_ref().map_or_else(common, |government| self.case.called(government).to_owned())
    }

    /// Where it is shown with its forms.
    fn href(&self, instance: &Instance) -> String {
        let government = instance.of.government.as_ref().map(|government| format!("&government={government}")).unwrap_or_default();
        format!("{}?step={}{government}#step", Room::Approvals.path(self.case.id), instance.of.step)
    }
}
