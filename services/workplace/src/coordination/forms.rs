//! Legal forms beside each other, by what they ask of those who take them: what whoever opens a case chooses from.

use proto::procedure::{Category, LegalPerson, Procedure, Status, StepKind, register};

use crate::Visit;
use crate::visit::Cited;

/// Legal forms of one country or union.
pub(super) struct Group {
    pub name: String,
    pub forms: Vec<LegalForm>,
    /// Whether it is shown open: those at home, and where the chosen one is.
    pub open: bool,
}

/// A legal form in words.
pub(super) struct LegalForm {
    pub id: String,
    pub name: String,
    /// That it is a model only, and no law.
    pub model: bool,
    pub person: String,
    pub parties: String,
    pub councils: String,
    pub approvals: String,
    pub steps: usize,
    pub law: Cited,
    pub chosen: bool,
}

/// The forms a case can take, those of the Republic of Korea first: the register's governments are its own.
pub(super) fn groups(visit: &Visit, chosen: &str) -> Vec<Group> {
    let mut all: Vec<&Procedure> = register().values().filter(|procedure| can_be_taken(procedure)).collect();
    all.sort_by_key(|procedure| (country(procedure) != "KR", country(procedure), procedure.status == Status::ModelOnly));
    let mut groups: Vec<Group> = Vec::new();
    for procedure in all {
        let name = visit.t(&format!("coordination-law-{}", country(procedure).to_lowercase()));
        let form = legal_form(visit, procedure, chosen);
        let open = country(procedure) == "KR" || form.chosen;
        match groups.last_mut().filter(|last| last.name == name) {
            Some(last) => {
                last.open |= open;
                last.forms.push(form);
            }
            None => groups.push(Group { name, forms: vec![form], open }),
        }
    }
    groups
}

fn can_be_taken(procedure: &Procedure) -> bool {
    procedure.category == Category::Form && procedure.status != Status::ProposedNotInForce
}

/// The country of a jurisdiction that may be a part of one.
fn country(procedure: &Procedure) -> &str {
    procedure.jurisdiction.split('-').next().unwrap_or_default()
}

fn legal_form(visit: &Visit, procedure: &Procedure, chosen: &str) -> LegalForm {
    LegalForm {
        id: procedure.id.to_string(),
        name: visit.name(&procedure.names).to_owned(),
        model: procedure.status == Status::ModelOnly,
        person: visit.t(match procedure.legal_person {
            Some(LegalPerson::Yes) => "coordination-person-yes",
            Some(LegalPerson::Optional) => "coordination-person-optional",
            Some(LegalPerson::No) => "coordination-person-no",
            None => "coordination-person-unsaid",
        }),
        parties: visit.with("coordination-least", "count", &procedure.parties_min.max(2).to_string()),
        councils: asked(visit, procedure, StepKind::CouncilResolution),
        approvals: asked(visit, procedure, StepKind::HigherApproval),
        steps: procedure.steps.len(),
        law: visit.cited(&procedure.legal_basis),
        chosen: procedure.id.as_str() == chosen,
    }
}

/// Whether acts of a kind are asked for always, in some cases, or never.
fn asked(visit: &Visit, procedure: &Procedure, kind: StepKind) -> String {
    let steps: Vec<_> = procedure.steps.iter().filter(|step| step.kind == kind).collect();
    let always = steps.iter().filter(|step| step.condition.is_none()).count();
    match (always, steps.len()) {
        (_, 0) => visit.t("coordination-never"),
        (0, _) => visit.t("coordination-sometimes"),
        (always, _) => visit.with("coordination-always", "count", &always.to_string()),
    }
}
