//! When a step's turn has come: one pass through the procedure. A step waits for the blocking ones before it, of its own party and of all, and for
//! the one from which its time runs.

use std::collections::{BTreeMap, BTreeSet};

use proto::approvals::StepOf;
use proto::id::{GovernmentId, StepId};
use proto::procedure::{RunsFrom, Stage, StepActor};
use proto::standing::{Phase, Standing};

use crate::steps::{Known, Plan, Steps, Task};

/// One lane of the procedure: a party's own, or the one for all.
type Lane<'a> = Option<&'a GovernmentId>;

/// Lanes in which something is so. What is so for all is so for each party, and what is so for one concerns what all do together.
#[derive(Default)]
struct Marked<'a>(BTreeSet<Lane<'a>>);

impl Marked<'_> {
    fn concern(&self, lane: Lane<'_>) -> bool {
        if lane.is_none() { !self.0.is_empty() } else { self.0.contains(&None) || self.0.contains(&lane) }
    }
}

/// What lies behind a point of the procedure.
#[derive(Default)]
struct Before<'a> {
    /// Where a step before signing holds things up.
    text: Marked<'a>,
    /// Where a condition of entry into force does.
    entry: Marked<'a>,
    /// Where something was done.
    done: Marked<'a>,
    /// Where each step is not complete.
    incomplete: BTreeMap<&'a StepId, Marked<'a>>,
}

impl<'a> Before<'a> {
    /// Whether something that must come before is missing. A duty that follows waits for entry into force only if its time runs from there.
    fn is_missing(&self, plan: &Plan, lane: Lane<'_>) -> bool {
        let waits_for_force = plan.stage != Stage::After || plan.runs_from == Some(RunsFrom::EntryIntoForce);
        let trigger = match &plan.runs_from {
            Some(RunsFrom::Step(id)) => self.incomplete.get(id),
            Some(RunsFrom::Signature | RunsFrom::EntryIntoForce | RunsFrom::OutsideEvent) | None => None,
        };
        self.text.concern(lane)
            || (waits_for_force && self.entry.concern(lane))
            || trigger.is_some_and(|incomplete| incomplete.concern(lane))
    }

    fn pass(&mut self, plan: &'a Plan, lane: Lane<'a>, known: &Known, done: bool) {
        if done {
            self.done.0.insert(lane);
            return;
        }
        self.incomplete.entry(&plan.id).or_default().0.insert(lane);
        if plan.blocking && known.applies != Some(false) {
            match plan.stage {
                Stage::Preparation | Stage::Text => self.text.0.insert(lane),
                Stage::Entry => self.entry.0.insert(lane),
                Stage::After => false,
            };
        }
    }
}

/// An instance of a step that is not over.
struct Instance<'a> {
    plan: &'a Plan,
    lane: Lane<'a>,
    known: &'a Known,
    /// Whether nothing is missing before it.
    turn: bool,
    done: bool,
}

impl Steps {
    /// Goes through the procedure and finds the steps whose turn has come, and the clocks that run.
    pub(crate) fn look_again(&mut self, standing: &Standing) {
        let nothing = Known::default();
        let instances = self.instances(standing, &nothing);
        let tasks = instances.iter().filter(|instance| instance.is_task(standing.phase)).map(|instance| self.task(instance, standing));
        let clock = |instance: &Instance<'_>| Some((instance.of(), instance.known.clock.clone()?));
        (self.tasks, self.running) = (tasks.collect(), instances.iter().filter_map(clock).collect());
    }

    fn instances<'a>(&'a self, standing: &'a Standing, nothing: &'a Known) -> Vec<Instance<'a>> {
        let (mut found, mut before) = (Vec::new(), Before::default());
        for plan in self.plan.iter() {
            let lanes = if plan.actor.per_party() { standing.parties.iter().map(Some).collect() } else { vec![None] };
            for lane in lanes {
                let known = self.known(&plan.id, lane).unwrap_or(nothing);
                let turn = (!plan.is_about_text() || standing.agreement.is_some()) && !before.is_missing(plan, lane);
                let done = self.is_done(plan, known, turn && before.done.concern(lane));
                before.pass(plan, lane, known, done);
                if known.applies != Some(false) && (!done || plan.repeats) {
                    found.push(Instance { plan, lane, known, turn, done });
                }
            }
        }
        found
    }

    fn known(&self, step: &StepId, lane: Lane<'_>) -> Option<&Known> {
        let lanes = self.known.get(step)?;
        lane.map_or(Some(&lanes.all), |party| lanes.parties.get(party))
    }

    /// Whether an instance is complete. Where nobody acts, the law draws the result as soon as all that comes before is there.
    fn is_done(&self, plan: &Plan, known: &Known, by_law: bool) -> bool {
        let applies = !plan.conditional || known.applies == Some(true);
        applies
            && match plan.actor {
                _ if plan.is_signing => self.signed,
                StepActor::ByLaw => by_law,
                StepActor::EachParty
                | StepActor::OneParty
                | StepActor::PartiesTogether
                | StepActor::HigherBody
                | StepActor::HigherBodyOfEach
                | StepActor::ThirdBody
                | StepActor::JointBody => known.done,
            }
    }

    fn task(&self, instance: &Instance<'_>, standing: &Standing) -> Task {
        Task {
            step: instance.of(),
            undecided: instance.plan.conditional && instance.known.applies.is_none(),
            due: instance.known.clock.as_ref().map(|clock| clock.due.clone()),
            who: self.who(instance, &standing.parties),
        }
    }

    /// Who can take a step: the party whose it is, any party where it is for all; and what a superior body decides, also that body itself.
    fn who(&self, instance: &Instance<'_>, parties: &BTreeSet<GovernmentId>) -> BTreeSet<GovernmentId> {
        let own: Vec<&GovernmentId> = instance.lane.map_or_else(|| parties.iter().collect(), |party| vec![party]);
        let superior = own.iter().filter_map(|party| self.above.get(*party)).filter(|body| !parties.contains(*body));
        match instance.plan.actor {
            StepActor::HigherBody | StepActor::HigherBodyOfEach | StepActor::ThirdBody => {
                own.iter().copied().chain(superior).cloned().collect()
            }
            StepActor::EachParty | StepActor::OneParty | StepActor::PartiesTogether | StepActor::JointBody => {
                own.into_iter().cloned().collect()
            }
            StepActor::ByLaw => BTreeSet::new(),
        }
    }
}

impl Instance<'_> {
    fn of(&self) -> StepOf {
        StepOf { step: self.plan.id.clone(), government: self.lane.cloned() }
    }

    /// Whether somebody should do it now. What nothing waits for is a task only while its time runs.
    fn is_task(&self, phase: Phase) -> bool {
        let waited_for = (self.plan.awaited && !self.done) || self.known.clock.is_some();
        self.turn && waited_for && !self.plan.is_signing && self.plan.is_current(phase)
    }
}
