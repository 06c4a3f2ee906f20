//! What the service keeps to: it decides nothing, reads nothing sealed, sends only what it may, and shows moves to those who can make them.

use std::collections::BTreeSet;

use notifications::{Notifications, State, Task};
use proto::access::{Asker, Denial};
use proto::actor::Service;
use proto::message::{Command, Target};
use proto::negotiation;
use proto::stream::Stream;
use proto::subject::reacts_to;
use runtime::model::{Model, rules};
use runtime::view::View;
use schemars::JsonSchema;
use serde_json::{Value, json};

use crate::table::{Table, by_day, case, digest, names, stream};

/// Kinds that stand in sealed streams only.
const SEALED: [&str; 13] = [
    "negotiation.offer_drafted",
    "negotiation.sounding_made",
    "negotiation.sounding_answered",
    "negotiation.sounding_withdrawn",
    "allocation.computed",
    "allocation.work_asked",
    "allocation.studied",
    "allocation.work_failed",
    "allocation.work_cancelled",
    "approvals.sign_off_recorded",
    "mediation.note_sent",
    "mediation.proposal_delivered",
    "mediation.proposal_answered",
];

fn kinds<E: JsonSchema>(family: &str) -> Vec<String> {
    let schema = schemars::schema_for!(E);
    let variants = schema.get("oneOf").and_then(Value::as_array).cloned().unwrap();
    let names = variants.iter().flat_map(|variant| variant["required"].as_array().cloned().unwrap_or_default());
    names.map(|name| format!("{family}.{}", name.as_str().unwrap())).collect()
}

#[test]
fn it_asks_for_every_public_event_of_a_case_and_for_no_sealed_one() {
    let asked = Notifications::kinds();
    let takes = |kind: &str| asked.iter().any(|asked| *asked == kind || kind.split('.').next() == Some(asked));
    let all = [
        kinds::<proto::negotiation::Event>("negotiation"),
        kinds::<proto::allocation::Event>("allocation"),
        kinds::<proto::authority::Event>("authority"),
        kinds::<proto::approvals::Event>("approvals"),
        kinds::<proto::signing::Event>("signing"),
        kinds::<proto::mediation::Event>("mediation"),
    ]
    .concat();
    for kind in &all {
        assert_eq!(takes(kind), !SEALED.contains(&kind.as_str()), "{kind}");
    }
    let known: BTreeSet<&str> = all.iter().map(String::as_str).chain(["authority", "signing"]).collect();
    assert!(asked.iter().all(|kind| known.contains(kind)), "{asked:?}");
}

#[test]
fn it_decides_no_command() {
    let model = Model::new(vec![rules::<Notifications>()]);
    let asker = Asker::Service(Service::Notifications);
    let lapse = Command::from(negotiation::Command::LapseOffer { offer: 1 });
    let refused = model.decide(&asker, &Target::Case(case()), &lapse, "2000-02-08T01:00:00Z".parse().unwrap(), None, None);
    assert_eq!(refused, Err(Denial::WrongTarget.into()));
    let rules = model.of(Service::Notifications).unwrap();
    let official = proto::access::Official::default();
    let actor = proto::actor::Actor::Service(Service::Notifications);
    let (at, target, stream) = ("2000-02-08T01:00:00Z".parse().unwrap(), Target::Case(case()), stream());
    let question = runtime::model::Question {
        at,
        actor: &actor,
        official: &official,
        target: &target,
        stream: &stream,
        command: &lapse,
        occurred: None,
    };
    assert!(rules.reads(&question).is_empty());
    assert_eq!(rules.decide(&question, &[], &[]), Err(Denial::WrongTarget.into()));
}

#[test]
fn it_may_send_what_it_sends() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({ "expires": by_day("2000-02-15") }));
    table.mediated(json!({ "dispute_opened": { "dispute": 1, "by": "seoul", "names": names(), "terms": ["support"], "parties": ["gwangmyeong", "seoul"] } }));
    table.mediated(json!({ "proposal_put": { "dispute": 1, "number": 1, "digest": digest(3), "due": by_day("2000-02-15") } }));
    let overdue = Notifications::overdue(&stream(), &table.state(), "2000-03-01T00:00:00Z".parse().unwrap());
    let lapse_step = proto::approvals::Command::LapseStep { step: serde_json::from_value(json!({ "step": "hear" })).unwrap() };
    let sent: Vec<Command> = overdue.into_iter().map(|(_, _, command)| command).chain([lapse_step.into()]).collect();
    assert_eq!(sent.len(), 3);
    for command in sent {
        assert!(command.admission().services.contains(&Service::Notifications), "{command:?}");
        assert!(reacts_to(Service::Notifications).contains(&command.service()), "{command:?}");
    }
}

/// A command that does each task, with the body that names it.
fn commands() -> Vec<(Task, Value)> {
    let mandate = "01890a5d-ac96-774b-bcce-b302099a8001";
    let step = json!({ "step": "hear" });
    let finding = json!({ "function": "f", "issue": { "gap": { "power": "fund" } } });
    let why = json!({ "remark": "r" });
    let task = |what: &str, about: Value| serde_json::from_value::<Task>(json!({ "what": what, "about": about })).unwrap();
    let bare = |what: &str| serde_json::from_value::<Task>(json!({ "what": what })).unwrap();
    let scan = json!({ "digest": digest(1), "media_type": "application/pdf", "size": 1 });
    vec![
        (bare("invite"), json!({ "negotiation": { "invite": { "government": "guro" } } })),
        (bare("join_or_decline"), json!({ "negotiation": { "decline": {} } })),
        (
            task("take_position", json!({ "fact": "f" })),
            json!({ "negotiation": { "take_position": { "fact": "f", "position": "accepts" } } }),
        ),
        (
            task("answer_request", json!({ "request": 1 })),
            json!({ "negotiation": { "answer_information": { "request": 1, "answer": why } } }),
        ),
        (
            task("draft_text", json!({ "contents": [] })),
            json!({ "negotiation": { "add_clause": { "clause": "c", "heading": names(), "wording": { "en": "x" } } } }),
        ),
        (task("table_offer", json!({ "terms": [] })), json!({ "negotiation": { "table_offer": { "package": {}, "mandate": mandate } } })),
        (task("answer_offer", json!({ "offer": 1 })), json!({ "negotiation": { "accept_offer": { "offer": 1, "mandate": mandate } } })),
        (
            task("improve_offer", json!({ "offer": 1 })),
            json!({ "negotiation": { "improve_offer": { "offer": 1, "package": {}, "mandate": mandate } } }),
        ),
        (
            task("agree_wording", json!({ "clause": "c" })),
            json!({ "negotiation": { "support_wording": { "clause": "c", "wording": digest(1) } } }),
        ),
        (
            task("clear_finding", json!({ "finding": finding })),
            json!({ "authority": { "allow_finding": { "finding": finding, "why": why } } }),
        ),
        (bare("initial"), json!({ "negotiation": { "initial": { "frozen": { "text": digest(1) }, "no_side_agreement": true } } })),
        (
            task("propose_facilitator", json!({ "dispute": 1 })),
            json!({ "mediation": { "propose_facilitator": { "dispute": 1, "facilitator": "council" } } }),
        ),
        (
            task("accept_facilitator", json!({ "dispute": 1, "facilitator": "council" })),
            json!({ "mediation": { "accept_facilitator": { "dispute": 1, "facilitator": "council" } } }),
        ),
        (
            task("settle_dispute", json!({ "dispute": 1 })),
            json!({ "mediation": { "put_proposal": { "dispute": 1, "number": 1, "digest": digest(1) } } }),
        ),
        (
            task("answer_proposal", json!({ "dispute": 1, "number": 1 })),
            json!({ "mediation": { "answer_proposal": { "dispute": 1, "number": 1, "caucus": "seoul", "accept": false } } }),
        ),
        (task("take_back_dispute", json!({ "dispute": 1 })), json!({ "mediation": { "take_back_dispute": { "dispute": 1 } } })),
        (
            task("decide_condition", step.clone()),
            json!({ "approvals": { "decide_condition": { "step": step, "applies": true, "why": why } } }),
        ),
        (task("record_step", step.clone()), json!({ "approvals": { "record_step": { "step": step, "done": "drafted" } } })),
        (
            task("sign", json!({ "agreement": digest(1) })),
            json!({ "signing": { "sign": { "agreement": digest(1), "key": "k", "jws": "a..b" } } }),
        ),
        (
            task("attest_paper", json!({ "agreement": digest(1) })),
            json!({ "signing": { "attest_paper": { "agreement": digest(1), "scan": scan, "signatures": [] } } }),
        ),
    ]
}

#[test]
fn a_move_is_shown_to_the_roles_that_the_contract_admits() {
    let commands = commands();
    let named: BTreeSet<String> = kinds_of_tasks();
    let tried: BTreeSet<String> =
        commands.iter().map(|(task, _)| serde_json::to_value(task).unwrap()["what"].as_str().unwrap().to_owned()).collect();
    assert_eq!(tried, named, "every task has a command");
    for (task, command) in commands {
        let command: Command = serde_json::from_value(command).unwrap();
        let admitted: BTreeSet<_> = command.admission().roles.iter().collect();
        assert_eq!(task.roles().iter().collect::<BTreeSet<_>>(), admitted, "{task:?}");
    }
}

fn kinds_of_tasks() -> BTreeSet<String> {
    let schema = schemars::schema_for!(Task);
    let variants = schema.get("oneOf").and_then(Value::as_array).cloned().unwrap();
    variants.iter().map(|variant| variant["properties"]["what"]["const"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_move_that_goes_on_keeps_its_beginning() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({}));
    let since = table.moves()[0].since;
    table.at = "2000-02-09T01:00:00Z".parse().unwrap();
    table.term("share");
    assert_eq!(table.moves().len(), 1);
    assert_eq!(table.moves()[0].since, since);
    table.offer(2, "seoul", &["gwangmyeong"], &json!({ "counters": 1 }));
    assert_eq!(table.moves()[0].since.at, table.at);
    assert_eq!(table.moves()[0].since.position, since.position + 2);
}

#[test]
fn lists_and_the_room_show_moves_and_not_what_they_are_drawn_from() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({ "expires": by_day("2000-02-15") }));
    let state = table.state();
    let moves = json!([{
        "government": "seoul", "roles": ["delegate"], "what": "answer_offer", "about": { "offer": 1 },
        "since": { "position": state.moves[0].since.position, "at": "2000-02-08T01:00:00Z" },
        "due": { "on": "2000-02-15", "passes_at": "2000-02-15T15:00:00Z" },
    }]);
    let row = Notifications::summary(&state);
    assert_eq!((&row["title"], &row["phase"], &row["moves"]), (&json!(names()), &json!("open"), &moves));
    assert_eq!((&row["coordinator"], &row["latest"]), (&json!(state.standing.coordinator), &json!("2000-02-08T01:00:00Z")));
    let room = Notifications::render(&state);
    assert_eq!(room.as_object().unwrap().keys().collect::<Vec<_>>(), ["latest", "meeting", "moves", "standing", "title"]);
    assert_eq!(room["moves"], moves);
    assert_eq!(Notifications::readers(&state), state.standing.readers);
    let shown = schemars::schema_for!(State);
    assert_eq!(
        shown.get("properties").and_then(Value::as_object).unwrap().keys().collect::<Vec<_>>(),
        ["latest", "meeting", "moves", "standing", "title"]
    );
}

#[test]
fn sealed_streams_leave_no_trace() {
    let mut table = Table::of_two();
    let before = table.state();
    let drafts = Stream::Internal(case(), "seoul".parse().unwrap());
    table.happened_in(&drafts, "negotiation", json!({ "offer_drafted": { "draft": "d", "package": {} } }));
    table.happened_in(&drafts, "negotiation", json!({ "invited": { "government": "guro" } }));
    let sounding = Stream::Sounding(case(), "seoul".parse().unwrap(), "guro".parse().unwrap());
    let made = json!({ "sounding": 1, "by": "seoul", "to": "guro", "package": {} });
    table.happened_in(&sounding, "negotiation", json!({ "sounding_made": made }));
    assert_eq!(table.state(), before);
}
