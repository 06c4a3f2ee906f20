//! Forms: what is not offered is refused when it is sent by hand, and what is offered is not forbidden.

use std::collections::BTreeSet;

use super::everyone::Everyone;
use crate::client::Answer;
use crate::crawl::shape;

/// Forms that change nothing but the browser of whoever sends them, or nothing at all: anyone may send them, offered or not.
const FREE: [(&str, &str); 6] = [
    ("/language", "a choice of this browser"),
    ("/theme", "a choice of this browser"),
    ("/seen", "what this browser has looked at"),
    ("/sign-in", "in a demo anyone chooses who to be"),
    ("/sign-out", "this browser's own sign-in"),
    ("/verify", "looks at a bundle and keeps nothing"),
];

/// After these the case is another, so they are sent last.
const LAST: [&str; 8] = ["/leave", "/decline", "/withdraw", "/take-back", "/remove", "/revoke", "/cancel", "/calendar"];

pub fn is_free(action: &str) -> bool {
    FREE.iter().any(|(free, _)| *free == action)
}

pub fn is_last(action: &str) -> bool {
    LAST.iter().any(|last| action.ends_with(last))
}

/// Every form that somebody is offered is sent by everybody to whom it is not, filled in as it was for the other, with a key that holds.
pub async fn by_hand(everyone: &mut Everyone) {
    let before = everyone.client.quiet().await;
    let pages: BTreeSet<String> = everyone.owners().into_iter().map(|(_, sheet)| sheet.on.clone()).collect();
    for walk in &mut everyone.walks {
        let wanted = |page: &&String| walk.sheets.values().all(|sheet| sheet.on != **page);
        let pages = pages.iter().filter(wanted).cloned().collect();
        walk.look_for_forms(pages).await;
    }
    let mut watch = everyone.watch.clone();
    for walk in &everyone.walks {
        let others = everyone.owners().into_iter().map(|(_, sheet)| sheet);
        let others = others.filter(|sheet| !walk.sheets.contains_key(&sheet.name()) && !is_free(&sheet.action));
        for (nth, sheet) in others.enumerate() {
            let key = walk.keys.get(nth % walk.keys.len().max(1)).map_or("", String::as_str);
            let answer = everyone.client.send(sheet.request(&everyone.client, &walk.person, Some(key))).await;
            let place = format!("{} {} by hand", sheet.action, sheet.id);
            watch.look(&walk.who(), &place, &answer);
            if !is_refused(&answer, walk.body == "nobody") {
                let what = format!("{} {}", answer.status, answer.header("location"));
                watch.faults.push(format!("{} does {place}, which is not offered: {what}", walk.who()));
            }
        }
    }
    everyone.watch = watch;
    let after = everyone.client.quiet().await;
    assert_eq!(after, before, "something was recorded that was not offered: {:#?}", everyone.watch.faults);
}

/// A refusal that says so; whoever is not signed in is led to the sign-in.
fn is_refused(answer: &Answer, nobody: bool) -> bool {
    if nobody {
        return answer.status == 303 && answer.header("location").starts_with("/sign-in");
    }
    let page = answer.text();
    (400..500).contains(&answer.status) && (page.contains("role=\"alert\"") || page.contains("href=\"/problems/"))
}

/// Everyone sends what they are offered. Some of it comes too late, once others have sent theirs, and some is not filled in well; but nothing is
/// forbidden to whom it was offered. At least so many kinds of form are done: what was refused by hand was filled in well.
pub async fn offered(everyone: &mut Everyone, done_at_least: usize) {
    let mut done: BTreeSet<(String, String)> = BTreeSet::new();
    for last in [false, true] {
        for walk in &everyone.walks {
            let mut kinds = BTreeSet::new();
            let sheets = walk.sheets.values().filter(|sheet| !is_free(&sheet.action) && is_last(&sheet.action) == last);
            for (nth, sheet) in sheets.filter(|sheet| kinds.insert(shape(&sheet.action))).enumerate() {
                let key = walk.keys.iter().rev().nth(nth).cloned().unwrap_or_default();
                let answer = everyone.client.send(sheet.request(&everyone.client, &walk.person, Some(&key))).await;
                let place = format!("{} {}", sheet.action, sheet.id);
                everyone.watch.sound(&walk.who(), &place, &answer);
                let kind = (shape(&sheet.action), walk.body.clone());
                // After a body has left there is nothing more for any of its people.
                let over = last && done.iter().any(|(action, body)| is_last(action) && *body == walk.body);
                if matches!(answer.status, 401 | 403 | 404) && !over {
                    everyone.watch.faults.push(format!("{} is offered {place}, and it is forbidden: {}", walk.who(), answer.status));
                }
                if answer.status == 303 {
                    done.insert(kind);
                }
            }
        }
    }
    let kinds: BTreeSet<&String> = done.iter().map(|(action, _)| action).collect();
    assert!(kinds.len() >= done_at_least, "only these are done: {kinds:?}");
}
