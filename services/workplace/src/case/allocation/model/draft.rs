//! A model as it is typed: every field a text, in a form that grows by rows. What the form does not show is carried along in `base`.

use std::collections::BTreeMap;

use proto::allocation::RuleKind;

/// More of anything is no form any more; a model file has no such limit.
const MOST: usize = 60;

/// A model as it is typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// A name for the run.
    pub name: String,
    pub currency: String,
    /// Who can take part, by id: a row of every table.
    pub bodies: Vec<String>,
    pub parts: Vec<Part>,
    pub measures: Vec<Measure>,
    /// The model that this was begun from, as JSON.
    pub base: String,
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
    pub things: Vec<Thing>,
    pub years: Vec<Year>,
    /// What is known of going alone: `none`, `alone`, or `kept`, as the model had it that this was begun from.
    pub costs: String,
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
            parts: fields.rows("c", |fields, at| Part::of_fields(fields, at, &bodies)),
            measures: fields.rows("d", |fields, at| Measure::of_fields(fields, at, &bodies)),
            base: one("base"),
            bodies,
        };
        let joins = one("joins");
        if !joins.is_empty() {
            draft.add_body(joins);
        }
        draft
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
            rows: bodies.iter().map(row).collect(),
        }
    }

    /// A driver is dropped: what went by it goes by none, and those behind it move up.
    fn forget(&mut self, place: usize) {
        let drivers = self.weights.iter_mut().map(|weight| &mut weight.driver).chain([&mut self.driver]);
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
            "add-weight" if self.weights.len() < MOST => self.weights.push(Weight::default()),
            "add-grant" if self.grants.len() < MOST => self.grants.push(GrantRow::default()),
            "add-thing" if self.things.len() < MOST => self.things.push(Thing::default()),
            "add-year" if self.years.len() < MOST => self.years.push(Year::default()),
            _ => {
                let dropped = what.strip_suffix(".drop").and_then(|at| Some((at.get(..1)?, at.get(1..)?.parse::<usize>().ok()?)));
                match dropped {
                    Some(("w", place)) if place < self.weights.len() => drop(self.weights.remove(place)),
                    Some(("g", place)) if place < self.grants.len() => drop(self.grants.remove(place)),
                    Some(("t", place)) if place < self.things.len() => drop(self.things.remove(place)),
                    Some(("y", place)) if place < self.years.len() => drop(self.years.remove(place)),
                    _ => {}
                }
            }
        }
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
    fn rows_come_and_go_by_buttons_and_drivers_keep_their_places() {
        let mut draft = typed();
        for what in ["add-part", "add-measure", "c0.add-grant", "c0.add-weight", "c9.drop", "c0.g7.drop", "nonsense", "", "cx.drop"] {
            draft.change(what);
        }
        assert_eq!((draft.parts.len(), draft.measures.len()), (2, 3));
        assert_eq!((draft.parts[0].grants.len(), draft.parts[0].weights.len()), (1, 3));
        assert_eq!(draft.parts[1].rows.iter().filter(|row| row.member).count(), 2);
        draft.change("d0.drop");
        let part = &draft.parts[0];
        assert_eq!((part.driver.as_str(), part.weights[0].driver.as_str(), part.weights[1].driver.as_str()), ("d0", "", "d0"));
        draft.add_body("siheung".into());
        assert!(draft.parts.iter().all(|part| part.rows.len() == 3) && draft.measures.iter().all(|measure| measure.values.len() == 3));
    }
}
