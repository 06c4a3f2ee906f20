//! One run: a case from its opening on, until it has been in force for a while or the commands are used up.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::SignedDuration;
use notifications::Notifications;
use proto::access::Asker;
use proto::actor::Service;
use proto::mediation::Refusal as Mediation;
use proto::message::{Command, Refusal, Target};
use proto::standing::Phase;
use proto::stream::Stream;
use runtime::view::View as _;
use serde_json::json;

use crate::follow::follow;
use crate::moves::{forms, opening, random};
use crate::replay;
use crate::setup::{self, official};
use crate::world::{OFFICE, World, case};

/// What became of a run.
pub struct Report {
    pub accepted: BTreeMap<String, u32>,
    pub refused: BTreeMap<String, u32>,
    pub phase: Phase,
}

/// Commands of a run, about.
const STEPS: u32 = 420;
/// Commands after entry into force, about.
const AFTERWARDS: u32 = 25;

/// Plays a run. Answers what went wrong, with all that is needed to see it again.
pub fn run(seed: u64) -> Result<Report, String> {
    let mut world = World::new(seed);
    let played = catch_unwind(AssertUnwindSafe(|| {
        world = setup::world(seed);
        let forms = forms();
        open(&mut world, &forms[usize::try_from(seed % forms.len() as u64).unwrap()]);
        play(&mut world);
        replay::from_scratch(&world);
    }));
    match played {
        Ok(()) => Ok(Report { phase: world.folds.standing().phase, accepted: world.accepted, refused: world.refused }),
        Err(panic) => Err(tell(seed, &world, panic.as_ref())),
    }
}

fn tell(seed: u64, world: &World, panic: &(dyn std::any::Any + Send)) -> String {
    let said = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
    let last = &world.asked[world.asked.len().saturating_sub(12)..];
    format!(
        "seed {seed}, command {}: {}\nthe last commands:\n{}\nagain: RANDOM_SEED={seed} cargo test --test random a_fresh_seed",
        world.asked.len(),
        said.unwrap_or_default(),
        last.join("\n")
    )
}

fn play(world: &mut World) {
    // Some runs are tidy, in some nobody does what is to be done, save by chance.
    let wildness = world.dice.pick(&[1, 2, 3, 3, 5, 5, 8, 8]);
    // And all of them talk for a while before anybody initials anything.
    let talk = 30 + world.dice.below(200);
    let mut left = STEPS;
    while left > 0 {
        left -= 1;
        if world.folds.standing().phase == Phase::InForce {
            left = left.min(AFTERWARDS);
        }
        match world.dice.below(12) {
            0 => time_passes(world),
            n if n % wildness == 0 => random(world),
            _ => follow(world, STEPS - left > talk),
        }
    }
}

/// The province opens the case in this form.
pub fn open(world: &mut World, form: &str) {
    let fields = opening(world, form);
    world.person(&official("gyeonggi", "delegate"), "gyeonggi", &json!({ "negotiation": { "open_case": fields } }));
}

/// The calendar moves on, and what was due by then is recorded.
fn time_passes(world: &mut World) {
    let longest = if world.dice.once_in(4) { 3000 } else { 90 };
    let hours = SignedDuration::from_hours(1 + i64::from(world.dice.below(longest)));
    let set = json!({ "calendar": { "set_calendar": { "to": world.at + hours } } });
    assert!(world.person(&official(OFFICE, "administrator"), OFFICE, &set), "the calendar stands still");
    let mut tried: Vec<Command> = Vec::new();
    while let Some((target, command)) = overdue(world).into_iter().find(|(_, command)| !tried.contains(command)) {
        let outcome = world.command(&Asker::Service(Service::Notifications), &target, &command);
        assert!(outcome.as_ref().map_or_else(is_too_early, |()| true), "a passed date was not recorded: {outcome:?}");
        tried.push(command);
    }
}

fn overdue(world: &World) -> Vec<(Target, Command)> {
    let all = Notifications::overdue(&Stream::Case(case()), &world.folds.inbox, world.at);
    all.into_iter().map(|(_, target, command)| (target, command)).collect()
}

/// When a party to a dispute leaves, it is tried whether all others have answered. Nothing else that is due may be refused.
fn is_too_early(refusal: &Refusal) -> bool {
    *refusal == Refusal::Mediation(Mediation::AnswersMissing)
}
