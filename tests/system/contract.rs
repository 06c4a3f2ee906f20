//! The printed contract.

use std::fs;

/// After a change that was meant: `make contract`.
#[test]
fn the_printed_contract_is_fresh() {
    let printed = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/proto/openapi.json")).unwrap();
    let now = serde_json::to_string_pretty(&interlocal::contract::openapi()).unwrap() + "\n";
    assert!(printed == now, "proto/openapi.json is stale: run `make contract`");
}

/// Every reference in the document leads somewhere.
#[test]
fn the_contract_has_no_loose_ends() {
    let document = interlocal::contract::openapi();
    let text = document.to_string();
    for reference in text.split("\"#").skip(1).filter_map(|rest| rest.split('"').next()).filter(|r| r.starts_with('/')) {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
    assert_eq!(document["openapi"], "3.1.0");
}

/// A numbered name means that two things share one: nobody knows which is which, and the next one moves the numbers.
#[test]
fn every_schema_has_a_name_of_its_own() {
    let document = interlocal::contract::openapi();
    let numbered: Vec<&String> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| name.ends_with(|last: char| last.is_ascii_digit()))
        .collect();
    assert!(numbered.is_empty(), "{numbered:?}");
}
