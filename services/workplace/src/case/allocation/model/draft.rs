//! A model as it is typed: every field a text, in a form that grows by rows. What the form does not show is carried along in `base`.

use std::collections::{BTreeMap, BTreeSet};

use proto::allocation::RuleKind;
use proto::money::Currency;

/// More of anything is no form any more; a model file has no such limit.
pub(super) const MOST: usize = 60;

/// A model as it is typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// A name for the run.
    pub name: String,
    pub currency: String,
    /// A rate for each other currency that a component is in.
    pub rates: Vec<Rate>,
    /// Who can take part, by id: a row of every table.
    pub bodies: Vec<String>,
    pub parts: Vec<Part>,
    pub measures: Vec<Measure>,
    /// The model that this was begun from, as JSON.
    pub base: String,
}

/// What another currency is worth.
#[derive(Debug, Clone, Default)]
pub(super) struct Rate {
    pub currency: String,
    pub worth: String,
    pub on: String,
    pub source: String,
}

/// A component.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub id: String,
    pub ko: String,
    pub en: String,
    pub cost: String,
    pub currency: String,
    pub year: String,
    /// The kind of its rule.
    pub rule: String,
    /// What a rule by one driver goes by: its place in the form, as `d0`.
    pub driver: String,
    pub weights: Vec<Weight>,
    pub grants: Vec<GrantRow>,
    pub transfers: Vec<Paid>,
    pub things: Vec<Thing>,
    pub years: Vec<Year>,
    /// What is known of going alone: `none`, `alone`, `capacity`, `network`, or `kept`, as the model had it that this was begun from.
    pub costs: String,
    pub curve: Curve,
    pub links: Vec<Line>,
    /// A row for each of the bodies.
    pub rows: Vec<Row>,
}

/// A part of a mix by the driver at a place of the form; without one equally.
#[derive(Debug, Clone, Default)]
pub(super) struct Weight {
    pub percent: String,
    pub driver: String,
}

/// A grant: an amount, or a rate with a cap.
#[derive(Debug, Clone, Default)]
pub(super) struct GrantRow {
    pub from: String,
    pub amount: String,
    pub percent: String,
    pub cap: String,
}

/// Money between members on top of the shares. Nobody pays it: all others, by their shares.
#[derive(Debug, Clone, Default)]
pub(super) struct Paid {
    pub ko: String,
    pub en: String,
    pub from: String,
    pub to: String,
    pub amount: String,
}

/// A cost curve over the driver at a place of the form.
#[derive(Debug, Clone, Default)]
pub(super) struct Curve {
    pub a: String,
    pub b: String,
    pub need: String,
}

/// A link of a network; from nobody: from the source.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub from: String,
    pub to: String,
    pub cost: String,
}

/// Something brought in kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Thing {
    pub ko: String,
    pub en: String,
    pub by: String,
    pub value: String,
}

/// What part is due in a year.
#[derive(Debug, Clone, Default)]
pub(super) struct Year {
    pub year: String,
    pub percent: String,
}

/// What a component says of a body.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub member: bool,
    pub alone: String,
    pub fixed: String,
    pub least: String,
    pub most: String,
}

/// A driver.
#[derive(Debug, Clone, Default)]
pub(super) struct Measure {
    pub id: String,
    pub ko: String,
    pub en: String,
    pub unit: String,
    pub year: String,
    pub source: String,
    /// A figure for each of the bodies.
    pub values: Vec<String>,
}

/// The fields of a form by name.
pub(super) struct Fields<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Fields<'a> {
    pub fn new(pairs: &'a [(String, String)]) -> Self {
        let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in pairs {
            fields.entry(name).or_default().push(value);
        }
        Self(fields)
    }

    pub fn one(&self, name: &str) -> String {
        self.0.get(name).and_then(|all| all.first()).map(|value| (*value).to_owned()).unwrap_or_default()
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.get(name).into_iter().flatten().map(|value| (*value).to_owned()).collect()
    }

    /// How many rows there are of something.
    fn count(&self, name: &str) -> usize {
        self.one(name).parse::<usize>().unwrap_or(0).min(MOST)
    }

    fn rows<T>(&self, name: &str, row: impl Fn(&Self, &str) -> T) -> Vec<T> {
        (0..self.count(name)).map(|place| row(self, &format!("{name}{place}."))).collect()
    }
}

impl Draft {
    /// As it was typed.
    pub fn of_fields(pairs: &[(String, String)]) -> Self {
        let fields = Fields::new(pairs);
        let mut bodies = fields.all("body");
        bodies.truncate(MOST);
        let one = |name: &str| fields.one(name);
        let mut draft = Self {
            name: one("name"),
            currency: one("currency"),
            rates: Vec::new(),
            parts: fields.rows("c", |fields, at| Part::of_fields(fields, at, &bodies)),
            measures: fields.rows("d", |fields, at| Measure::of_fields(fields, at, &bodies)),
            base: one("base"),
            bodies,
        };
        draft.rates = draft.other_currencies().into_iter().map(|currency| Rate::of_fields(&fields, currency)).collect();
        let joins = one("joins");
        if !joins.is_empty() {
            draft.add_body(joins);
        }
        draft
    }

    /// The currencies of components that are not that of the model.
    fn other_currencies(&self) -> BTreeSet<String> {
        let tidy = |text: &String| text.trim().to_uppercase();
        let all = self.parts.iter().map(|part| tidy(&part.currency));
        all.filter(|currency| *currency != tidy(&self.currency) && Currency::try_from(currency.clone()).is_ok()).collect()
    }

    /// Whether a form holds all of it.
    pub fn fits(&self) -> bool {
        let of_part = |part: &Part| {
            [part.weights.len(), part.grants.len(), part.transfers.len(), part.things.len(), part.years.len()].into_iter().max()
        };
        let parts = self.parts.iter().filter_map(of_part);
        parts.chain([self.bodies.len(), self.parts.len(), self.measures.len()]).all(|rows| rows <= MOST)
    }

    /// One more body that can take part; it is a member of nothing yet.
    pub fn add_body(&mut self, id: String) {
        if !self.bodies.contains(&id) && self.bodies.len() < MOST {
            self.bodies.push(id);
            self.parts.iter_mut().for_each(|part| part.rows.push(Row::default()));
            self.measures.iter_mut().for_each(|measure| measure.values.push(String::new()));
        }
    }

    /// A component that all bodies share.
    pub fn add_part(&mut self) {
        let rows = vec![Row { member: true, ..Row::default() }; self.bodies.len()];
        let part = Part {
            currency: self.currency.clone(),
            rule: RuleKind::Equal.name().to_owned(),
            costs: "none".into(),
            rows,
            ..Part::default()
        };
        if self.parts.len() < MOST {
            self.parts.push(part);
        }
    }

    pub fn add_measure(&mut self) {
        if self.measures.len() < MOST {
            self.measures.push(Measure { values: vec![String::new(); self.bodies.len()], ..Measure::default() });
        }
    }

    /// What a button of the form asks for: a row more or less. Anything else changes nothing.
    pub fn change(&mut self, what: &str) {
        let (at, what) = what.split_once('.').unwrap_or(("", what));
        let place = |letter: char| at.strip_prefix(letter).and_then(|place| place.parse::<usize>().ok());
        match (at, what) {
            ("", "add-part") => self.add_part(),
            ("", "add-measure") => self.add_measure(),
            _ => {}
        }
        if let Some(place) = place('d').filter(|place| *place < self.measures.len())
            && what == "drop"
        {
            self.measures.remove(place);
            self.parts.iter_mut().for_each(|part| part.forget(place));
        }
        if let Some(place) = place('c').filter(|place| *place < self.parts.len()) {
            if what == "drop" {
                self.parts.remove(place);
            } else if let Some(part) = self.parts.get_mut(place) {
                part.change(what);
            }
        }
    }
}

impl Rate {
    fn of_fields(fields: &Fields<'_>, currency: String) -> Self {
        let one = |name: &str| fields.one(&format!("rate.{currency}.{name}"));
        Self { worth: one("worth"), on: one("on"), source: one("source"), currency }
    }
}

impl Part {
    fn of_fields(fields: &Fields<'_>, at: &str, bodies: &[String]) -> Self {
        let one = |name: &str| fields.one(&format!("{at}{name}"));
        let members = fields.all(&format!("{at}member"));
        let row = |body: &String| Row {
            member: members.contains(body),
            alone: one(&format!("alone.{body}")),
            fixed: one(&format!("fixed.{body}")),
            least: one(&format!("least.{body}")),
            most: one(&format!("most.{body}")),
        };
        Self {
            id: one("id"),
            ko: one("ko"),
            en: one("en"),
            cost: one("cost"),
            currency: one("currency"),
            year: one("year"),
            rule: one("rule"),
            driver: one("driver"),
            weights: fields.rows(&format!("{at}w"), |fields, at| Weight {
                percent: fields.one(&format!("{at}percent")),
                driver: fields.one(&format!("{at}driver")),
            }),
            grants: fields.rows(&format!("{at}g"), |fields, at| GrantRow {
                from: fields.one(&format!("{at}from")),
                amount: fields.one(&format!("{at}amount")),
                percent: fields.one(&format!("{at}percent")),
                cap: fields.one(&format!("{at}cap")),
            }),
            transfers: fields.rows(&format!("{at}x"), |fields, at| Paid {
                ko: fields.one(&format!("{at}ko")),
                en: fields.one(&format!("{at}en")),
                from: fields.one(&format!("{at}from")),
                to: fields.one(&format!("{at}to")),
                amount: fields.one(&format!("{at}amount")),
            }),
            things: fields.rows(&format!("{at}t"), |fields, at| Thing {
                ko: fields.one(&format!("{at}ko")),
                en: fields.one(&format!("{at}en")),
                by: fields.one(&format!("{at}by")),
                value: fields.one(&format!("{at}value")),
            }),
            years: fields.rows(&format!("{at}y"), |fields, at| Year {
                year: fields.one(&format!("{at}year")),
                percent: fields.one(&format!("{at}percent")),
            }),
            costs: one("costs"),
            curve: Curve { a: one("a"), b: one("b"), need: one("need") },
            links: fields.rows(&format!("{at}l"), |fields, at| Line {
                from: fields.one(&format!("{at}from")),
                to: fields.one(&format!("{at}to")),
                cost: fields.one(&format!("{at}cost")),
            }),
            rows: bodies.iter().map(row).collect(),
        }
    }

    /// A driver is dropped: what went by it goes by none, and those behind it move up.
    fn forget(&mut self, place: usize) {
        let drivers = self.weights.iter_mut().map(|weight| &mut weight.driver).chain([&mut self.driver, &mut self.curve.need]);
        for driver in drivers {
            match driver.strip_prefix('d').and_then(|at| at.parse::<usize>().ok()) {
                Some(at) if at == place => driver.clear(),
                Some(at) if at > place => *driver = format!("d{}", at - 1),
                Some(_) | None => {}
            }
        }
    }

    fn change(&mut self, what: &str) {
        match what {
            "add-weight" => grow(&mut self.weights),
            "add-grant" => grow(&mut self.grants),
            "add-transfer" => grow(&mut self.transfers),
            "add-thing" => grow(&mut self.things),
            "add-year" => grow(&mut self.years),
            "add-link" => grow(&mut self.links),
            _ => {
                let dropped = what.strip_suffix(".drop").and_then(|at| Some((at.get(..1)?, at.get(1..)?.parse::<usize>().ok()?)));
                match dropped {
                    Some(("w", place)) => shrink(&mut self.weights, place),
                    Some(("g", place)) => shrink(&mut self.grants, place),
                    Some(("x", place)) => shrink(&mut self.transfers, place),
                    Some(("t", place)) => shrink(&mut self.things, place),
                    Some(("y", place)) => shrink(&mut self.years, place),
                    Some(("l", place)) => shrink(&mut self.links, place),
                    _ => {}
                }
            }
        }
    }
}

fn grow<T: Default>(rows: &mut Vec<T>) {
    if rows.len() < MOST {
        rows.push(T::default());
    }
}

fn shrink<T>(rows: &mut Vec<T>, place: usize) {
    if place < rows.len() {
        rows.remove(place);
    }
}

impl Measure {
    fn of_fields(fields: &Fields<'_>, at: &str, bodies: &[String]) -> Self {
        let one = |name: &str| fields.one(&format!("{at}{name}"));
        Self {
            id: one("id"),
            ko: one("ko"),
            en: one("en"),
            unit: one("unit"),
            year: one("year"),
            source: one("source"),
            values: bodies.iter().map(|body| one(&format!("of.{body}"))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Draft {
        let pairs = [
            ("body", "ansan"),
            ("body", "bucheon"),
            ("c", "1"),
            ("d", "2"),
            ("c0.ko", "시설"),
            ("c0.member", "bucheon"),
            ("c0.alone.ansan", "12a"),
            ("c0.driver", "d1"),
            ("c0.w", "2"),
            ("c0.w0.driver", "d0"),
            ("c0.w1.driver", "d1"),
            ("d1.of.bucheon", "864,000"),
        ];
        let pairs: Vec<(String, String)> = pairs.map(|(name, value)| (name.into(), value.into())).into();
        Draft::of_fields(&pairs)
    }

    #[test]
    fn what_was_typed_is_kept_as_it_was_typed() {
        let draft = typed();
        let part = draft.parts.first().unwrap();
        assert_eq!((part.ko.as_str(), part.rows[0].member, part.rows[1].member), ("시설", false, true));
        assert_eq!((part.rows[0].alone.as_str(), draft.measures[1].values[1].as_str()), ("12a", "864,000"));
    }

    #[test]
    fn a_rate_is_asked_for_each_other_currency_and_a_form_holds_so_many_rows() {
        let pairs = [
            ("currency", "krw"),
            ("c", "4"),
            ("c0.currency", "KRW"),
            ("c1.currency", " usd"),
            ("c2.currency", "USD"),
            ("c3.currency", "won!"),
            ("rate.USD.worth", "1,300"),
        ];
        let mut draft = Draft::of_fields(&pairs.map(|(name, value)| (name.into(), value.into())));
        let rates: Vec<(&str, &str)> = draft.rates.iter().map(|rate| (rate.currency.as_str(), rate.worth.as_str())).collect();
        assert_eq!(rates, [("USD", "1,300")]);
        assert!(draft.fits());
        draft.parts[3].transfers = vec![Paid::default(); MOST + 1];
        assert!(!draft.fits());
    }

    #[test]
    fn rows_come_and_go_by_buttons_and_drivers_keep_their_places() {
        let mut draft = typed();
        for what in [
            "add-part",
            "add-measure",
            "c0.add-grant",
            "c0.add-link",
            "c0.add-transfer",
            "c0.x0.drop",
            "c0.add-weight",
            "c9.drop",
            "c0.g7.drop",
            "nonsense",
            "",
            "cx.drop",
        ] {
            draft.change(what);
        }
        assert_eq!((draft.parts.len(), draft.measures.len()), (2, 3));
        let part = &draft.parts[0];
        assert_eq!((part.grants.len(), part.weights.len(), part.links.len(), part.transfers.len()), (1, 3, 1, 0));
        assert_eq!(draft.parts[1].rows.iter().filter(|row| row.member).count(), 2);
        draft.change("d0.drop");
        let part = &draft.parts[0];
        assert_eq!((part.driver.as_str(), part.weights[0].driver.as_str(), part.weights[1].driver.as_str()), ("d0", "", "d0"));
        draft.add_body("siheung".into());
        assert!(draft.parts.iter().all(|part| part.rows.len() == 3) && draft.measures.iter().all(|measure| measure.values.len() == 3));
    }
}
