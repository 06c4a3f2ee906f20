//! What comes from elsewhere: forms that another site sends, addresses and fields with a script or another site in them.

use std::collections::{BTreeMap, BTreeSet};

use super::everyone::Everyone;
use super::forms::{is_free, is_last};
use crate::client::Answer;
use crate::crawl::shape;

const EVIL: &str = "//evil.example/\"><script>alert(1)</script>";

/// Every form is taken from our own pages alone, and only with a key that was made for whoever sends it.
pub async fn forms_from_elsewhere(everyone: &mut Everyone) {
    let before = everyone.client.quiet().await;
    let client = everyone.client.clone();
    let mut faults = Vec::new();
    let forms = everyone.forms();
    assert!(forms.len() > 15, "only {} forms", forms.len());
    for (walk, sheet) in forms {
        let others = everyone.walks.iter().filter(|other| other.who() != walk.who()).find_map(|other| other.keys.first()).unwrap();
        let key = walk.keys.first().map(String::as_str);
        let mut sent = vec![
            ("another site", sheet.from(&walk.person, key).header("Origin", "https://evil.example")),
            ("a hidden site", sheet.from(&walk.person, key).header("Origin", "null")),
            ("a neighbour", sheet.request(&client, &walk.person, key).header("Sec-Fetch-Site", "same-site")),
            ("nowhere", sheet.from(&walk.person, key)),
        ];
        if sheet.keyed {
            sent.push(("a form without a key", sheet.request(&client, &walk.person, None)));
            sent.push(("a form of somebody else", sheet.request(&client, &walk.person, Some(others))));
        }
        for (whence, request) in sent {
            let answer = client.send(request).await;
            if answer.status != 403 || answer.headers.contains_key("set-cookie") {
                faults.push(format!("{} from {whence}: {} {}", sheet.action, answer.status, answer.header("location")));
            }
        }
        if !sheet.keyed && !is_free(&sheet.action) {
            faults.push(format!("{} has no key", sheet.action));
        }
    }
    everyone.watch.faults.extend(faults);
    assert_eq!(client.quiet().await, before, "a form from elsewhere was taken: {:#?}", everyone.watch.faults);
}

/// Whatever stands in an address comes back escaped or not at all, and leads nobody away.
pub async fn addresses(everyone: &mut Everyone) {
    let mut asked: BTreeMap<String, (usize, String, BTreeSet<String>)> = BTreeMap::new();
    for (place, walk) in everyone.walks.iter().enumerate() {
        for address in &walk.seen {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            let fields: Vec<(String, String)> = serde_html_form::from_str(query).unwrap();
            let (.., names) = asked.entry(shape(path)).or_insert_with(|| (place, path.to_owned(), BTreeSet::new()));
            names.extend(fields.into_iter().map(|(name, _)| name));
        }
    }
    let evil = serde_html_form::to_string([("", EVIL)]).unwrap();
    let evil = evil.trim_start_matches('=');
    for (place, path, names) in asked.into_values() {
        let walk = &everyone.walks[place];
        let named = names.iter().map(String::as_str).chain(["lang", "at_least", "next"]).map(|name| format!("{path}?{name}={evil}"));
        let whole = path.rsplit_once('/').map(|(before, _)| format!("{before}/{evil}"));
        let (who, watch) = (walk.who(), &mut everyone.watch);
        walk.look(named.chain(whole).chain([format!("{path}/{evil}"), format!("/{evil}")]), |address, answer| {
            watch.sound(&who, address, &answer);
            watch.faults.extend(harm(&answer).map(|what| format!("{who} at {address}: {what}")));
        })
        .await;
    }
}

/// What is typed into a field, any field of any form, comes back escaped or not at all: at once, and to everyone who sees it later.
pub async fn fields(everyone: &mut Everyone) {
    let client = everyone.client.clone();
    let mut watch = everyone.watch.clone();
    let mut kept = 0;
    for (walk, sheet) in everyone.forms().into_iter().filter(|(_, sheet)| !is_last(&sheet.action) && sheet.action != "/sign-out") {
        let mut keys = walk.keys.iter().cycle();
        for field in &sheet.fields {
            let answer = client.send(sheet.with(&field.name, EVIL).request(&client, &walk.person, keys.next().map(String::as_str))).await;
            let place = format!("{} with a script as {}", sheet.action, field.name);
            watch.sound(&walk.who(), &place, &answer);
            watch.faults.extend(harm(&answer).map(|what| format!("{place}: {what}")));
            kept += usize::from(answer.status == 303 && field.free);
        }
    }
    everyone.watch = watch;
    assert!(kept > 10, "only {kept} forms were taken with a script in them");
    client.quiet().await;
    for walk in everyone.walks.iter().filter(|walk| ["gwangmyeong delegate", "gyeonggi auditor"].contains(&walk.who().as_str())) {
        let (who, watch) = (walk.who(), &mut everyone.watch);
        walk.look(walk.seen.iter().cloned(), |address, answer| {
            watch.faults.extend(harm(&answer).map(|what| format!("{who} at {address}, afterwards: {what}")));
        })
        .await;
    }
}

/// A script that runs, or a way off the site.
fn harm(answer: &Answer) -> Option<String> {
    let to = answer.header("location");
    if !to.is_empty() && (!to.starts_with('/') || to.starts_with("//") || to.starts_with("/\\")) {
        return Some(format!("leads to {to}"));
    }
    if !answer.header("content-type").starts_with("text/html") {
        return None;
    }
    let page = answer.text();
    let markup = ["<script>alert", "href=\"//evil", "action=\"//evil", "src=\"//evil", "/\"><script"];
    markup.iter().find(|markup| page.contains(**markup)).map(|markup| format!("has {markup}"))
}
