//! Random commands of all families, by whoever might ask: mostly by somebody entitled, often by somebody who is not.

#![expect(clippy::unnecessary_wraps, reason = "all moves are of one type, so that one can be picked")]

mod agreement;
mod assent;
mod dispute;
mod laboratory;
mod offers;
mod platform;
mod register;
mod talk;
mod text;

use proto::access::Asker;
use serde_json::{Value, json};

use crate::setup::{BODIES, ROLES, STRANGERS, official};
use crate::world::World;

pub use agreement::{forms, opening};
pub use assent::{kind_of, paper, signature};
pub use dispute::proposal;

/// What is asked: for which body, in which role, which command.
pub struct Ask {
    pub body: String,
    pub role: &'static str,
    pub command: Value,
}

impl Ask {
    fn new(body: impl Into<String>, role: &'static str, family: &str, kind: &str, fields: &Value) -> Self {
        Self { body: body.into(), role, command: json!({ family: { kind: fields } }) }
    }

    /// By a delegate, about the negotiation.
    fn delegate(body: impl Into<String>, kind: &str, fields: &Value) -> Self {
        Self::new(body, "delegate", "negotiation", kind, fields)
    }
}

type Move = fn(&mut World) -> Option<Ask>;

/// All moves; what stands here twice is made twice as often.
const MOVES: [Move; 64] = [
    agreement::open_case,
    agreement::invite,
    agreement::invite,
    agreement::join,
    agreement::decline,
    agreement::leave,
    text::state_fact,
    text::take_position,
    text::define_term,
    text::define_term,
    text::add_clause,
    text::propose_wording,
    text::support_wording,
    text::reserve_clause,
    offers::draft,
    offers::table,
    offers::table,
    offers::counter,
    offers::counter,
    offers::improve,
    offers::accept,
    offers::accept,
    offers::send_back,
    offers::withdraw,
    agreement::initial,
    agreement::compute,
    agreement::table_run,
    agreement::set_function,
    agreement::remove_function,
    agreement::allow_finding,
    assent::decide_condition,
    assent::decide_condition,
    assent::record_step,
    assent::record_step,
    assent::sign_off,
    assent::start_clock,
    assent::set_order,
    assent::sign,
    assent::attest_paper,
    dispute::open,
    dispute::open,
    dispute::open,
    dispute::propose_facilitator,
    dispute::send_note,
    dispute::answer,
    dispute::take_back,
    register::grant_mandate,
    register::revoke_mandate,
    register::keys,
    register::keys,
    register::bodies,
    register::offices,
    talk::ask,
    talk::answer,
    talk::lack,
    talk::comment,
    talk::sound_out,
    talk::sound_out,
    talk::answer_sounding,
    talk::answer_sounding,
    talk::withdraw_sounding,
    talk::set_agenda,
    talk::publish,
    talk::publish,
];

/// Somebody does something.
pub fn random(world: &mut World) {
    if world.dice.once_in(12) {
        return platform::out_of_turn(world);
    }
    let next = world.dice.pick(&MOVES);
    if let Some(ask) = next(world) {
        let asker = somebody(world, &ask);
        world.ask(&asker, &ask.command);
    }
    laboratory::step(world);
}

/// Whoever asks: as a rule the official whose role it is; else a deputy, someone in another role or of another body, or someone who is signed in
/// for a body that is not their own.
fn somebody(world: &mut World, ask: &Ask) -> Asker {
    let (mut body, mut role) = (ask.body.clone(), ask.role);
    let mut person = official(&body, role);
    match world.dice.below(24) {
        0 => role = world.dice.pick(&ROLES),
        1 => body = anybody(world),
        2 => return asker(&official(&anybody(world), role), &body),
        3 => person = deputy(&body, role),
        _ => return asker(&person, &body),
    }
    let known = person.ends_with("deputy");
    asker(&if known { person } else { official(&body, role) }, &body)
}

fn asker(person: &str, body: &str) -> Asker {
    Asker::Person { official: person.parse().unwrap(), government: body.parse().unwrap() }
}

/// Who acts in the absence of an official.
fn deputy(body: &str, role: &str) -> String {
    format!("{}-deputy", official(body, role))
}

/// A body that may have a part in the case, or a stranger.
fn anybody(world: &mut World) -> String {
    let all = [&BODIES[..], &STRANGERS[..]].concat();
    world.dice.pick(&all).to_owned()
}

/// A party as a rule, else anybody.
fn party(world: &mut World) -> String {
    let parties = world.parties();
    if world.dice.once_in(12) { anybody(world) } else { world.dice.any(parties).unwrap_or_else(|| anybody(world)) }
}

/// The number of something that is there, now and then of something that is not.
fn number(world: &mut World, there: impl IntoIterator<Item = u32>) -> u32 {
    let there: Vec<u32> = there.into_iter().collect();
    let newest = there.last().copied().unwrap_or(1);
    match world.dice.below(8) {
        0 => newest + 1,
        1..=4 => newest,
        _ => world.dice.any(there).unwrap_or(newest),
    }
}
