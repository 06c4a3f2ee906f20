//! What surrounds every look at a run: the list of runs, whose the chosen one is and who sees it, what can be done with it, and the other looks.

use proto::allocation::Refusal;
use proto::id::RunId;

use super::{Lab, Place, Room, Waiting};
use crate::{Form, Visit, When};
use allocation::Run;

/// The list of runs and what is under way.
pub(super) struct Frame {
    pub runs: Vec<Listed>,
    /// Where a new model begins; empty for whoever computes nothing here.
    pub new: String,
    pub waiting: Vec<Waiting>,
    /// What came to nothing, and why.
    pub failed: Vec<(String, String)>,
    /// The form that calls off what is under way.
    pub cancel: Form,
    pub cancel_path: String,
}

/// A run in the list.
pub(super) struct Listed {
    pub href: String,
    pub name: String,
    pub what: String,
    pub by: String,
    pub at: When,
    pub private: bool,
    pub current: bool,
}

impl Frame {
    pub fn of(lab: &Lab, chosen: Option<(Place, &RunId)>) -> Self {
        let visit = lab.visit();
        let listed = |(place, name, run): (Place, &RunId, &Run)| Listed {
            href: lab.path(place, name, ""),
            name: name.to_string(),
            what: run.model.components.values().map(|component| visit.name(&component.names)).collect::<Vec<_>>().join(", "),
            by: lab.called(&run.by),
            at: visit.instant(&run.at),
            private: place == Place::Own,
            current: chosen == Some((place, name)),
        };
        // What lies on the table under the same name and result need not stand there twice.
        let doubled = |(place, name, run): &(Place, &RunId, &Run)| {
            *place == Place::Own && lab.table.runs.get(*name).is_some_and(|tabled| tabled.digest == run.digest)
        };
        let room = lab.case.path(Room::Allocation);
        Self {
            runs: lab.runs().into_iter().filter(|run| !doubled(run)).map(listed).collect(),
            new: if lab.may_act() { format!("{room}/new") } else { String::new() },
            waiting: Waiting::all(lab),
            failed: lab.own.failed.iter().map(|(name, why)| (name.to_string(), reason(visit, why))).collect(),
            cancel: lab.case.form("cancel"),
            cancel_path: format!("{room}/cancel"),
        }
    }
}

/// Why the laboratory refused, in words.
pub(super) fn reason(visit: &Visit, why: &Refusal) -> String {
    visit.failed(why.clone()).title.into()
}

/// The chosen run.
pub(super) struct Chosen {
    pub name: String,
    pub by: String,
    pub at: When,
    pub digest: String,
    /// Enough of the digest to tell it from others.
    pub short: String,
    pub private: bool,
    /// The looks at it.
    pub looks: Vec<(String, String, bool)>,
    /// What can be done with it: address, words, and whether it is the first thing to do.
    pub acts: Vec<(String, String, bool)>,
    /// Where it lies on the table as well.
    pub tabled: Option<String>,
    pub workbook: String,
    pub data: String,
}

impl Chosen {
    pub fn of(lab: &Lab, place: Place, name: &RunId, run: &Run, look: &str) -> Self {
        let visit = lab.visit();
        let tabled = lab.tabled(run).filter(|_| place == Place::Own);
        let api = format!("/api/v1/cases/{}{}/runs/{name}", lab.case.id, if place == Place::Own { "/own" } else { "" });
        let looks = ["", "/compare", "/fairness", "/why", "/questions", "/figures"].into_iter();
        let looks = looks.filter(|each| *each != "/figures" || place == Place::Table);
        let key = |each: &str| format!("lab-look-{}", if each.is_empty() { "sheet" } else { each.trim_start_matches('/') });
        Self {
            name: name.to_string(),
            by: lab.called(&run.by),
            at: visit.instant(&run.at),
            digest: run.digest.to_string(),
            short: run.digest.to_string().chars().take(12).collect(),
            private: place == Place::Own,
            looks: looks.map(|each| (lab.path(place, name, each), visit.t(&key(each)), each == look)).collect(),
            acts: acts(lab, place, name, run, tabled.is_some()),
            tabled: tabled.map(|name| lab.path(Place::Table, name, "")),
            workbook: format!("{api}/workbook?lang={}", visit.tag()),
            data: format!("{api}/sheet"),
        }
    }
}

/// What whoever is signed in can do with a run.
fn acts(lab: &Lab, place: Place, name: &RunId, run: &Run, tabled: bool) -> Vec<(String, String, bool)> {
    let visit = lab.visit();
    let mut acts = Vec::new();
    if place == Place::Own && !tabled && lab.takes_runs() {
        acts.push((lab.path(place, name, "/table"), visit.t("lab-act-table"), true));
    }
    if (place == Place::Table || tabled) && lab.takes_runs() && Room::ALL.contains(&Room::Table) {
        let offer = format!("{}/new?allocation={}", lab.case.path(Room::Table), run.digest);
        acts.push((offer, visit.t("lab-act-offer"), true));
    }
    if lab.may_act() {
        let copy = format!("{}/new?place={}&run={name}", lab.case.path(Room::Allocation), place.name());
        acts.push((copy, visit.t("lab-act-copy"), false));
    }
    acts
}
