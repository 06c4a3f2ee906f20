//! Every page and every role: what somebody may not see is in nothing that they are shown, what they may not do is neither offered to them nor done
//! when they ask by hand, and no address, field or page from elsewhere makes a page of ours do what it should not.

mod attacks;
mod everyone;
mod forms;

use everyone::{Everyone, Marks};

use crate::access::{MARKED, MORE, PUT, appoint, marked_script, uploads};
use crate::client::{Client, play, play_on};
use crate::platform;

/// Marked words beside those of [`MARKED`], and who may see them.
const ALSO_MARKED: [(&str, &[&str]); 5] = [
    // As pages show the ceiling and the drafted figure.
    ("5,000,000,077", &["seoul"]),
    ("6,300,000,077", &["gwangmyeong"]),
    ("canary-model-seoul", &["seoul"]),
    ("canary-study-seoul", &["seoul"]),
    // Delivered to one side so far.
    ("canary-undelivered", &["guro", "interlocal-office mediator"]),
];

/// Something of every kind of form and page that the case does not have yet.
const YET_MORE: &str = r#"
interlocal-office.mediator> deliver_proposal dispute: 2, number: 1, caucus: guro, proposal: {salt: "5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b", terms: {years: 4 years}, labels: {years: "canary-undelivered"}}
seoul.delegate> request_information to: gwangmyeong, question: remark("How much ash?"), due: {on: 2000-02-28, zone: "Asia/Seoul"}
gyeonggi.delegate> table_offer to: [guro], package: {terms: {running-cost: choice(equally)}}, mandate: $mandate
seoul.delegate> compute run: canary-model-seoul, model: {currency: KRW, components: {plant: {names: "Plant" / "시설", cost: {amount: "100", currency: KRW}, members: [guro, seoul], rule: equal}}}
seoul.delegate> study run: canary-study-seoul, of: $own.canary-model-seoul, question: comparison
gwangmyeong.delegate> table_run run: shared, model: {currency: KRW, components: {plant: {names: "Plant" / "시설", cost: {amount: "100", currency: KRW}, members: [gwangmyeong, seoul], rule: equal}}}
gyeonggi.delegate> invite government: bucheon
gyeonggi.delegate> invite government: ansan
ansan.delegate> decline
"#;

/// Every role in a party, the parties, the mediator who is of a party, the office that keeps the register and mediates, who is invited, who has declined, a stranger, and nobody.
const ALL: [(&str, &[&str]); 9] = [
    ("gyeonggi", &["delegate", "signatory", "mediator", "auditor"]),
    ("gwangmyeong", &["delegate", "approver", "clerk", "signatory"]),
    ("seoul", &["delegate", "signatory"]),
    ("guro", &["delegate"]),
    ("interlocal-office", &["administrator", "mediator"]),
    ("bucheon", &["delegate"]),
    ("ansan", &["delegate"]),
    ("hwaseong", &["delegate"]),
    ("nobody", &[""]),
];

/// Those who have different things to do at the end.
const AT_THE_END: [(&str, &[&str]); 5] = [
    ("gyeonggi", &["auditor"]),
    ("gwangmyeong", &["delegate", "clerk", "signatory"]),
    ("seoul", &["signatory"]),
    ("hwaseong", &["delegate"]),
    ("nobody", &[""]),
];

#[tokio::test(flavor = "multi_thread")]
async fn in_the_middle_of_a_case() {
    let site = platform::start(|_| {}).await;
    let client = Client::new(&site);
    appoint(&client, &[("interlocal-office", "mediator"), ("bucheon", "delegate"), ("ansan", "delegate"), ("hwaseong", "delegate")]).await;
    let mut stage = play(&site, "roles", &marked_script(PUT)).await;
    play_on(&mut stage, MORE).await;
    play_on(&mut stage, YET_MORE).await;
    let documents = uploads(&client, &stage.case().to_string()).await;
    let mut marks: Marks = MARKED.into_iter().chain(ALSO_MARKED).collect();
    // Who is invited reads the case.
    marks.retain(|(mark, _)| *mark != "canary-case-remark");
    marks.push(("canary-case-remark", &["gyeonggi", "gwangmyeong", "seoul", "guro", "interlocal-office", "bucheon"]));

    let mut everyone = Everyone::walk(&client, marks, &ALL).await;
    let documents = documents.iter().map(|digest| format!("/api/v1/documents/{digest}"));
    everyone.by_hand(documents).await;
    everyone.whoever_may_sees();
    forms::by_hand(&mut everyone).await;
    attacks::forms_from_elsewhere(&mut everyone).await;
    attacks::addresses(&mut everyone).await;
    attacks::fields(&mut everyone).await;
    forms::offered(&mut everyone, 25).await;
    everyone.nothing_is_wrong();
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_it_is_signed() {
    at_the_end("signed", "gwangmyeong.signatory> sign agreement", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_it_is_in_force() {
    at_the_end("in force", "gwangmyeong.signatory> publish_agreement", 1).await;
}

async fn at_the_end(salt: &str, until: &str, done: usize) {
    let site = platform::start(|_| {}).await;
    play(&site, salt, &marked_script(until)).await;
    let client = Client::new(&site);
    // What was proposed is the settlement by now.
    let marked = |mark: &&(&'static str, &'static [&'static str])| marked_script(until).contains(mark.0) && mark.0 != "canary-proposal";
    let marks: Marks = MARKED.iter().filter(marked).copied().collect();
    let mut everyone = Everyone::walk(&client, marks, &AT_THE_END).await;
    everyone.by_hand([]).await;
    forms::by_hand(&mut everyone).await;
    attacks::forms_from_elsewhere(&mut everyone).await;
    forms::offered(&mut everyone, done).await;
    everyone.nothing_is_wrong();
    site.stop().await;
}
