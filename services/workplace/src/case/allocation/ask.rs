//! A question about a run, in a form made from its model: what if, which way, disputed figures, joining later, leaving, settlement.

use askama::Template;
use axum::extract::Path;
use gateway::problem::Problem;
use proto::allocation::{Command, Component, Costs, Driver, GrantAmount, MEMBERS, MOST_MEMBERS, Model};
use proto::id::{ComponentId, DriverId, RunId};
use proto::message::Target;
use proto::money::Currency;
use proto::wire::{Failure, Receipt};
use serde_json::json;

use super::asked::Asked;
use super::frame::{Chosen, Frame};
use super::{Case, Head, Lab, Named, Place, head, tabling};
use crate::case::refuse_on;
use crate::{Form, Page, Posted, Visit, done, locale, render};

/// What can be asked, in the order in which it is offered.
const KINDS: [&str; 7] = ["what_if", "search", "ranges", "comparison", "accession", "exit", "settlement"];

#[derive(Template)]
#[template(path = "case/allocation-ask.html")]
struct AskPage {
    visit: Visit,
    head: Head,
    frame: Frame,
    chosen: Chosen,
    kinds: Vec<(String, String, bool)>,
    says: String,
    form: Form,
    action: String,
    sections: Vec<Section>,
    /// A name for the study, unless another is typed.
    study: String,
}

/// Fields that belong together.
struct Section {
    heading: String,
    about: String,
    fields: Vec<Field>,
}

/// A field, with what was typed into it.
struct Field {
    name: String,
    label: String,
    hint: String,
    control: Control,
}

enum Control {
    /// A number as people type it.
    Number {
        value: String,
    },
    /// A percentage with a slider beside it.
    Slider {
        value: String,
    },
    Day {
        value: String,
    },
    /// Value, words, and whether it is the one.
    One {
        of: Vec<(String, String, bool)>,
    },
    /// Likewise, any of them.
    Any {
        of: Vec<(String, String, bool)>,
    },
}

/// Address, name and purpose of each question that can be asked of a run.
pub(super) fn kinds(lab: &Lab, place: Place, run: &RunId) -> Vec<(String, String, String)> {
    let visit = lab.visit();
    let kind = |each: &&str| {
        let key = format!("lab-kind-{each}");
        (lab.path(place, run, &format!("/ask/{each}")), visit.t(&key), visit.t(&format!("{key}.says")))
    };
    KINDS.iter().map(kind).collect()
}

pub(super) async fn of(case: Case, Path(named): Path<Named>) -> Page {
    let (lab, place, name) = Lab::at(case, Path(named.clone())).await?;
    show(lab, place, &name, &named.kind)
}

fn show(lab: Lab, place: Place, name: &RunId, kind: &str) -> Page {
    let run = lab.run(place, name)?;
    let known = KINDS.iter().find(|each| **each == kind).filter(|_| lab.may_act());
    let Some(kind) = known else { return Err(lab.visit().failed(Failure::NotFound)) };
    let form = lab.case.form("ask");
    let asks = Asks { lab: &lab, model: &run.model, form: &form };
    let page = AskPage {
        head: head(&lab),
        frame: Frame::of(&lab, Some((place, name))),
        chosen: Chosen::of(&lab, place, name, run, "/questions"),
        kinds: kinds(&lab, place, name).into_iter().zip(KINDS).map(|((href, label, _), each)| (href, label, each == *kind)).collect(),
        says: lab.visit().t(&format!("lab-kind-{kind}.says")),
        sections: asks.sections(kind),
        action: lab.path(place, name, &format!("/ask/{kind}")),
        study: lab.free_name(&kind.replace('_', "-")),
        form,
        visit: lab.case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

/// The fields of the questions.
struct Asks<'a> {
    lab: &'a Lab,
    model: &'a Model,
    form: &'a Form,
}

impl Asks<'_> {
    fn t(&self, key: &str) -> String {
        self.lab.visit().t(key)
    }

    fn sections(&self, kind: &str) -> Vec<Section> {
        match kind {
            "what_if" => self.what_if(),
            "search" => vec![self.search()],
            "accession" => [self.joining(), self.interest()].into_iter().chain(self.actual()).collect(),
            "exit" => [self.leaving()].into_iter().chain(self.actual()).collect(),
            "settlement" => self.actual().into_iter().chain([self.paid()]).collect(),
            _ => Vec::new(),
        }
    }

    fn section(&self, key: &str, fields: Vec<Field>) -> Section {
        Section { heading: self.t(key), about: self.t(&format!("{key}.says")), fields }
    }

    fn number(&self, name: String, label: String, hint: String) -> Field {
        let value = self.form.typed(&name, "").to_owned();
        Field { name, label, hint, control: Control::Number { value } }
    }

    fn one(&self, name: &str, label: &str, choices: Vec<(String, String)>, first: &str) -> Field {
        let typed = self.form.typed(name, first).to_owned();
        let of = choices.into_iter().map(|(value, said)| (value.clone(), said, value == typed)).collect();
        Field { name: name.to_owned(), label: self.t(label), hint: String::new(), control: Control::One { of } }
    }

    fn any(&self, name: &str, label: &str, choices: Vec<(String, String)>, all: bool) -> Field {
        let of = choices.into_iter().map(|(value, said)| (value.clone(), said, self.form.took(name, &value, all))).collect();
        Field { name: name.to_owned(), label: self.t(label), hint: String::new(), control: Control::Any { of } }
    }

    fn component(&self, component: &Component) -> String {
        self.lab.visit().name(&component.names).to_owned()
    }

    /// The members of any component.
    fn members(&self) -> Vec<(String, String)> {
        let members = self.model.components.values().flat_map(|component| &component.members);
        self.lab.in_order(members).into_iter().map(|body| (body.to_string(), self.lab.called(body))).collect()
    }

    fn components(&self, which: impl Fn(&Component) -> bool) -> Vec<(String, String)> {
        let those = self.model.components.iter().filter(|(_, component)| which(component));
        those.map(|(id, component)| (id.to_string(), self.component(component))).collect()
    }

    fn what_if(&self) -> Vec<Section> {
        let slider = |(id, component): (&ComponentId, &Component)| {
            let name = format!("overrun.{id}");
            let value = self.form.typed(&name, "").to_owned();
            let hint = self.lab.visit().with("lab-now", "value", &self.lab.visit().money(&component.cost));
            Field { name, label: self.component(component), hint, control: Control::Slider { value } }
        };
        let mut sections = vec![self.section("lab-if-overrun", self.model.components.iter().map(slider).collect())];
        sections.extend(self.grants());
        sections.push(self.section("lab-if-leaves", vec![self.any("leaves", "lab-who-leaves", self.members(), false)]));
        sections.push(self.joining());
        let figure = |(id, driver): (&DriverId, &Driver)| {
            let named = self.lab.visit().name(&driver.names);
            let of = self.lab.in_order(driver.values.keys()).into_iter();
            of.map(|body| {
                let language = self.lab.visit().language;
                let now = driver.values.get(body).map(|value| locale::quantity(language, *value, &driver.unit)).unwrap_or_default();
                let label = self.lab.visit().told("lab-figure-driver", &json!({ "driver": named, "of": self.lab.called(body) }));
                self.number(format!("figure.{id}.{body}"), label, self.lab.visit().with("lab-now", "value", &now))
            })
            .collect::<Vec<_>>()
        };
        let figures: Vec<Field> = self.model.drivers.iter().flat_map(figure).collect();
        if !figures.is_empty() {
            sections.push(self.section("lab-if-figures", figures));
        }
        sections
    }

    /// What became of the grants; nothing where there are none.
    fn grants(&self) -> Option<Section> {
        let mut fields = Vec::new();
        for (id, component) in &self.model.components {
            for (place, grant) in component.grants.iter().enumerate() {
                let label = format!("{} · {}", self.component(component), grant.from);
                let now = match &grant.amount {
                    GrantAmount::Fixed(money) => self.lab.visit().money(money),
                    GrantAmount::Rate { percent, .. } => locale::percent(*percent),
                };
                fields.push(self.number(format!("grant.{id}.{place}"), label, self.lab.visit().with("lab-now", "value", &now)));
            }
        }
        (!fields.is_empty()).then(|| self.section("lab-if-grants", fields))
    }

    /// What came otherwise than the model has it.
    fn actual(&self) -> Vec<Section> {
        let cost = |(id, component): (&ComponentId, &Component)| {
            let hint = self.lab.visit().with("lab-now", "value", &self.lab.visit().money(&component.cost));
            self.number(format!("cost.{id}"), self.component(component), hint)
        };
        let costs = self.section("lab-actual", self.model.components.iter().map(cost).collect());
        [costs].into_iter().chain(self.grants()).collect()
    }

    /// Who joins what, with its figures.
    fn joining(&self) -> Section {
        let members: Vec<String> = self.members().into_iter().map(|(id, _)| id).collect();
        let bodies = self.lab.case.bodies.0.keys().filter(|id| !members.contains(id));
        let mut others: Vec<(String, String)> =
            bodies.map(|id| (id.clone(), self.lab.case.bodies.called(self.lab.visit().language, id).to_owned())).collect();
        others.sort_by(|(_, one), (_, other)| one.cmp(other));
        others.insert(0, (String::new(), self.t("lab-nobody")));
        let open = |component: &Component| matches!(component.costs, None | Some(Costs::Alone(_) | Costs::Capacity { .. }));
        let mut fields =
            vec![self.one("joins", "lab-who-joins", others, ""), self.any("joins-in", "lab-joins-in", self.components(open), true)];
        fields.extend(self.model.drivers.iter().map(|(id, driver)| {
            let label = self.lab.visit().with("lab-its-figure", "driver", self.lab.visit().name(&driver.names));
            let unit = locale::unit(self.lab.visit().language, &driver.unit);
            self.number(format!("joins-figure.{id}"), label, format!("{unit}, {}", driver.year))
        }));
        let alone = self.model.components.iter().filter(|(_, component)| matches!(component.costs, Some(Costs::Alone(_))));
        fields.extend(alone.map(|(id, component)| {
            let label = self.lab.visit().with("lab-its-alone", "component", &self.component(component));
            self.number(format!("joins-alone.{id}"), label, self.currency(component.cost.currency))
        }));
        self.section("lab-if-joins", fields)
    }

    fn search(&self) -> Section {
        let mut components = self.components(|_| true);
        components.insert(0, (String::new(), self.t("lab-any-component")));
        let own = self.lab.case.government.as_str().to_owned();
        let now = self.lab.visit().t("lab-at-most-hint");
        let fields = vec![
            self.one("who", "lab-who", self.members(), &own),
            self.number("at-most".into(), self.t("lab-bears-at-most"), now),
            self.one("component", "lab-only-component", components, ""),
        ];
        self.section("lab-search", fields)
    }

    fn interest(&self) -> Section {
        let day = |name: &str, label: &str| {
            let value = self.form.typed(name, "").to_owned();
            Field { name: name.to_owned(), label: self.t(label), hint: String::new(), control: Control::Day { value } }
        };
        let fields = vec![
            day("since", "lab-since"),
            day("on", "lab-on"),
            self.number("interest".into(), self.t("lab-interest"), self.t("lab-interest-hint")),
            self.number("overhead".into(), self.t("lab-overhead"), self.currency(self.model.currency)),
        ];
        self.section("lab-price", fields)
    }

    fn currency(&self, currency: Currency) -> String {
        locale::currency(self.lab.visit().language, currency)
    }

    fn leaving(&self) -> Section {
        let currency = || self.currency(self.model.currency);
        let fields = vec![
            self.one("who", "lab-who-leaves", self.members(), self.lab.case.government.as_str()),
            self.any("leaves-in", "lab-leaves-what", self.components(|_| true), true),
            self.number("paid".into(), self.t("lab-has-paid"), currency()),
            self.number("residual".into(), self.t("lab-residual"), self.t("lab-residual-hint")),
            self.number("separation".into(), self.t("lab-separation"), currency()),
        ];
        self.section("lab-leaving", fields)
    }

    fn paid(&self) -> Section {
        let paid = |(id, name): (String, String)| self.number(format!("paid.{id}"), name, self.currency(self.model.currency));
        self.section("lab-paid", self.members().into_iter().map(paid).collect())
    }
}

pub(super) async fn sent(Path(named): Path<Named>, posted: Posted<Vec<(String, String)>>) -> Page {
    let id = named.case(&posted.signed.visit)?;
    match asked(&named, &posted).await {
        Ok((study, receipt)) => Ok(done(&format!("/cases/{id}/allocation/studies/{}/{study}", Place::Own.name()), &receipt)),
        Err(problem) => Box::pin(refuse_on(id, "ask", posted, problem, async |case| of(case, Path(named)).await)).await,
    }
}

async fn asked(named: &Named, posted: &Posted<Vec<(String, String)>>) -> Result<(RunId, Receipt), Problem> {
    let visit = &posted.signed.visit;
    let case = named.case(visit)?;
    let (place, name) = named.parse(visit)?;
    let (table, own) = Lab::states(&posted.signed, case).await?;
    let state = if place == Place::Own { own } else { table };
    let run = state.runs.get(&name).ok_or_else(|| visit.failed(Failure::NotFound))?;
    let asked = Asked { visit, model: &run.model, fields: &posted.fields };
    let question = asked.question(&named.kind)?;
    let study = tabling::name(visit, asked.one("study"))?;
    let command = Command::Study { run: study.clone(), of: run.digest, question, members: members(&run.model) };
    let receipt = posted.act(&Target::Case(case), command).await?;
    Ok((study, receipt))
}

/// Whoever has more members than are looked at unasked asks for as many as they are.
pub(super) fn members(model: &Model) -> Option<u8> {
    let most = model.components.values().map(|component| component.members.len()).max()?;
    u8::try_from(most).ok().filter(|most| *most > MEMBERS && *most <= MOST_MEMBERS)
}
