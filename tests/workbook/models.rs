//! Models with everything that a workbook shows.

use std::path::Path;

use gateway::problem::Language;
use interlocal::allocate::{Allocated, Size, allocate, read};
use proto::allocation::{Model, Part, Rule};
use serde_json::json;

pub(crate) fn named(name: &str) -> Model {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models").join(name).with_extension("json")).unwrap()
}

pub(crate) fn computed(model: &Model) -> Allocated {
    allocate(model, false, false, Size::default()).unwrap()
}

pub(crate) fn bytes(model: &Model, language: Language) -> Vec<u8> {
    let allocated = computed(model);
    gateway::workbook::workbook(model, &allocated.result, &allocated.sheet, language).unwrap()
}

/// Rules, and whether they are arithmetic of cells.
pub(crate) fn rules() -> Vec<(Rule, bool)> {
    let driver = named("skane").drivers.keys().next().cloned().unwrap();
    let half = |driver| Part { percent: "50".parse().unwrap(), driver };
    vec![
        (Rule::Equal, true),
        (Rule::Driver(driver.clone()), true),
        (Rule::Mix(vec![half(Some(driver)), half(None)]), true),
        (Rule::Scrb, true),
        (Rule::AlternateCostAvoided, true),
        (Rule::Shapley, false),
        (Rule::Nucleolus, false),
        (Rule::PerCapitaNucleolus, false),
        (Rule::Tau, false),
    ]
}

pub(crate) fn skane(rule: &Rule) -> Model {
    let mut model = named("skane");
    model.components.values_mut().for_each(|component| component.rule = rule.clone());
    model
}

/// Grants by rate and cap, a mix, transfers, things in kind, instalments, limits, other currencies, costs entered and derived.
pub(crate) fn everything() -> Model {
    let won = |amount: &str| json!({ "amount": amount, "currency": "KRW" });
    let cents = |amount: &str| json!({ "amount": amount, "currency": "USD" });
    let names = json!({ "en": "Plant's \"part\"", "ko": "시설" });
    serde_json::from_value(json!({
        "currency": "KRW",
        "drivers": { "people": { "names": { "en": "Population", "ko": "인구" }, "unit": "persons", "year": 2013, "source": "=census", "values": { "ansan": "761207", "osan": "210318.5", "suwon": "1178509" } } },
        "exchange": { "USD": { "rate": "1088.95", "on": "2015-01-02", "source": "bank" } },
        "components": {
            "a": {
                "names": names, "cost": won("106500000001"), "price_year": 2015, "members": ["suwon", "osan", "ansan"],
                "grants": [
                    { "from": "province", "amount": { "rate": { "percent": "19.718", "cap": won("20000000000") } } },
                    { "from": "ministry", "amount": { "rate": { "percent": "3.3" } } },
                    { "from": "fund", "amount": { "fixed": won("7") } }
                ],
                "rule": { "mix": [{ "percent": "90", "driver": "people" }, { "percent": "10" }] },
                "transfers": [{ "names": names, "to": "osan", "amount": won("1000000001") }, { "names": names, "from": "suwon", "to": "ansan", "amount": won("5") }],
                "in_kind": [{ "names": names, "by": "osan", "value": won("300000000") }, { "names": names, "by": "osan", "value": won("1") }],
                "instalments": { "2015": "33.33", "2016": "33.33", "2017": "33.34" }
            },
            "alone": {
                "names": names, "cost": won("1000"), "members": ["ansan", "osan", "suwon"], "rule": "scrb",
                "costs": { "alone": { "ansan": won("500"), "osan": won("600"), "suwon": won("701") } }
            },
            "curve": {
                "names": names, "cost": won("500000"), "members": ["ansan", "osan", "suwon"], "rule": "alternate_cost_avoided",
                "costs": { "capacity": { "a": won("100"), "b": "0.7", "need": "people" } }
            },
            "fixed": { "names": names, "cost": won("10"), "members": ["ansan", "osan"], "rule": { "fixed": { "ansan": won("10") } } },
            "foreign": { "names": names, "cost": cents("1000.01"), "members": ["ansan", "osan"], "rule": "equal" },
            "limited": {
                "names": names, "cost": won("1000"), "members": ["ansan", "osan", "suwon"], "rule": { "driver": "people" },
                "limits": { "suwon": { "at_most": won("400") }, "osan": { "at_least": won("100") } }
            },
            "one": { "names": names, "cost": won("77"), "members": ["osan"], "rule": "scrb" },
            "zero": { "names": names, "cost": won("0"), "members": ["ansan", "osan"], "rule": "equal" }
        }
    }))
    .unwrap()
}

/// Amounts of eighteen digits.
pub(crate) fn long() -> Model {
    let won = |amount: &str| json!({ "amount": amount, "currency": "KRW" });
    serde_json::from_value(json!({
        "currency": "KRW",
        "components": { "a": {
            "names": { "en": "Sea wall", "ko": "방조제" }, "cost": won("900719925474099301"), "members": ["ansan", "osan"],
            "grants": [{ "from": "x", "amount": { "rate": { "percent": "10" } } }], "rule": "equal"
        } }
    }))
    .unwrap()
}

pub(crate) fn all() -> Vec<(String, Model)> {
    let published = ["hambaeksan-2015", "skane", "tva"].map(|name| (name.to_owned(), named(name)));
    let by_rule = rules().into_iter().map(|(rule, _)| (format!("{rule:?}"), skane(&rule)));
    published.into_iter().chain(by_rule).chain([("everything".to_owned(), everything())]).collect()
}
