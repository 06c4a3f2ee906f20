//! The workbook of a computed model, read back by other programs: a spreadsheet reader, and an engine that computes its formulas again.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that is wrong may panic, also in its helpers")]

mod book;
mod models;

use calamine::Data;
use gateway::problem::Language;
use gateway::tables::{File, coalitions};
use proto::allocation::Costs;
use proto::money::{Currency, Money};
use proto::table::Format;

use book::Book;
use models::{all, computed, everything, long, named, skane};

/// Every formula, computed again by another engine, gives what stands beside it.
#[test]
fn formulas_give_their_results_in_another_engine() {
    let mut formulas = 0;
    for (name, model) in all() {
        for language in [Language::English, Language::Korean] {
            formulas += Book::of(&model, language).recomputed(&name);
        }
    }
    assert!(formulas > 700, "{formulas}");
}

#[test]
fn every_check_agrees_and_the_sheet_shows_the_recorded_money() {
    for (name, model) in all() {
        let book = Book::of(&model, Language::English);
        let result = computed(&model).result;
        let checks = book.texts().filter(|text| *text == "agrees").count();
        assert_eq!(checks, model.components.len() + 1, "{name}: one for each component and one for the totals");
        assert_eq!(book.texts().filter(|text| *text == "DIFFERS").count(), 0, "{name}");
        for shares in result.components.values() {
            for (member, share) in &shares.shares {
                assert!(book.row_has("Settlement sheet", member.as_str(), share.amount), "{name}: {member} {share}");
            }
        }
        for (government, total) in &result.total {
            assert!(book.row_has("Totals", government.as_str(), total.amount), "{name}: {government} {total}");
        }
    }
}

/// A treasurer can follow each share from cell to cell; where the rule is no arithmetic, it is said so.
#[test]
fn shares_are_formulas_where_the_rule_is_arithmetic() {
    let formulas = Book::of(&named("hambaeksan-2015"), Language::English).formulas("1 crematorium");
    // The figures come from the sheet of drivers, a part is a figure of their sum, and a share is a part of what is left to share.
    for like in ["'Drivers'!B", "/SUM(B", "B4-B7", "B8*C20"] {
        assert!(formulas.values().any(|formula| formula.contains(like)), "{like}: {formulas:?}");
    }
    for (rule, arithmetic) in models::rules() {
        let model = skane(&rule);
        let book = Book::of(&model, Language::English);
        let said = book.texts().any(|text| text.starts_with("These shares follow from no formula over cells."));
        assert_eq!(said, !arithmetic, "{rule:?}");
        let before = book.texts().filter(|text| *text == "before rounding").count();
        assert_eq!(before, if arithmetic { 2 } else { 1 }, "{rule:?}");
    }
}

#[test]
fn entered_coalition_costs_are_read_back_as_they_were() {
    let model = named("tva");
    for (language, sheet) in [(Language::English, "Coalitions 1"), (Language::Korean, "조합별 비용 1")] {
        let bytes = models::bytes(&model, language);
        for component in model.components.values() {
            let file = File { bytes: &bytes, format: Format::Workbook, sheet: Some(sheet), members: &component.members };
            let read = coalitions(&file, component.cost.currency, false).unwrap();
            assert_eq!(Some(&read), component.costs.as_ref());
        }
    }
    // Costs of more digits than a spreadsheet keeps come back from text, and cents as cents.
    let mut model = everything();
    let cents = |amount: &str| Money { amount: amount.parse().unwrap(), currency: Currency::try_from("USD".to_owned()).unwrap() };
    let costs =
        Costs::Listed([("ansan", cents("1234567890123456.78")), ("osan", cents("0.01"))].map(|(set, cost)| (set.to_owned(), cost)).into());
    let (_, component) = model.components.iter_mut().find(|(id, _)| id.as_str() == "foreign").unwrap();
    component.costs = Some(costs.clone());
    let members = component.members.clone();
    let place = model.components.keys().position(|id| id.as_str() == "foreign").unwrap() + 1;
    let bytes = models::bytes(&model, Language::English);
    let sheet = format!("Coalitions {place}");
    let file = File { bytes: &bytes, format: Format::Workbook, sheet: Some(&sheet), members: &members };
    assert_eq!(coalitions(&file, Currency::try_from("USD".to_owned()).unwrap(), false), Ok(costs));
}

#[test]
fn headings_are_in_the_language_asked_for_and_digests_on_the_first_sheet() {
    let model = named("hambaeksan-2015");
    let allocated = computed(&model);
    for (language, first, words) in [
        (Language::English, "Settlement sheet", ["Own money", "before rounding", "Source", "In all (KRW)"]),
        (Language::Korean, "정산표", ["자체 재원", "단수 처리 전", "출처", "총괄 (KRW)"]),
    ] {
        let book = Book::of(&model, language);
        assert_eq!(book.names().first().map(String::as_str), Some(first));
        for word in words {
            assert!(book.texts().any(|text| text == word), "{word}");
        }
        let on_first: Vec<String> = book
            .cells(first)
            .filter_map(|(_, _, data)| match data {
                Data::String(text) => Some(text.clone()),
                _ => None,
            })
            .collect();
        for digest in [allocated.digest, allocated.result.model] {
            assert!(on_first.contains(&digest.to_string()));
        }
    }
}

/// A name or source that begins like a formula is somebody's text, and no program runs it.
#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let mut model = named("hambaeksan-2015");
    let lures = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"x\")"];
    for (driver, lure) in model.drivers.values_mut().zip(lures.iter().cycle()) {
        driver.source = (*lure).to_owned();
        driver.unit = "=cmd|x".to_owned();
    }
    for (component, lure) in model.components.values_mut().zip(lures.iter().cycle()) {
        component.names.en = (*lure).to_owned();
        component.grants.iter_mut().for_each(|grant| grant.from = "=1+2".to_owned());
    }
    let book = Book::of(&model, Language::English);
    assert!(book.texts().any(|text| text == "=cmd|x") && book.texts().any(|text| text == "=1+2"));
    for name in book.names() {
        for (place, formula) in book.formulas(&name) {
            assert!(
                !lures.iter().chain(&["=cmd|x", "=1+2"]).any(|lure| formula == lure.trim_start_matches('=')),
                "{name} {place:?}: {formula}"
            );
        }
    }
}

#[test]
fn amounts_of_more_than_fifteen_digits_are_text_and_it_is_said() {
    let model = long();
    let book = Book::of(&model, Language::English);
    let shown: Vec<&str> = book.texts().collect();
    assert!(shown.contains(&"900719925474099301"), "{shown:?}");
    assert!(shown.iter().any(|text| text.starts_with("Some amounts have more than 15 digits.")));
    let result = computed(&model).result;
    for share in result.components.values().flat_map(|shares| shares.shares.values()) {
        assert!(shown.contains(&share.amount.to_string().as_str()), "{share}");
    }
    assert!(Book::of(&named("tva"), Language::English).texts().all(|text| !text.starts_with("Some amounts")));
}

#[test]
fn equal_models_give_equal_files() {
    let mut other = everything();
    other.components.values_mut().for_each(|component| component.members.reverse());
    assert_eq!(models::bytes(&everything(), Language::Korean), models::bytes(&other, Language::Korean));
}
