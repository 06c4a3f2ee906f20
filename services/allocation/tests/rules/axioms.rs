//! Each cell of the table of rules and axioms: what is kept is kept by random games, what is broken is broken by a game that stands in `tests/data`.

use std::collections::BTreeMap;

use coopgame::generators::SplitMix64;
use proto::allocation::{Axiom, Condition, Model, Part, Refusal, Rule, RuleKind, Verdict, source, sources, verdict};
use serde::Deserialize;

use crate::properties::{below, names};
use crate::table::{component, id, plant, with_costs, with_driver, won};

/// So many won stand for one unit of a game: rounding to the won is then far below any difference that counts.
const UNIT: i64 = 1_000_000;
/// A difference of less than this is rounding.
const ROUNDING: i128 = 100;
const SEEDS: [u64; 2] = [1953, 1985];
const ROUNDS: usize = 60;

/// A game, and what an axiom needs beside it.
#[derive(Debug, Clone, Deserialize)]
struct Trial {
    /// Costs by set, of which bit i of a place stands for member i.
    costs: Vec<i64>,
    /// What members need, for rules by a figure.
    #[serde(default)]
    figures: Vec<i64>,
    /// By axiom: another project, what costs rise by, or what a member has to pay in any set.
    #[serde(default)]
    other: Vec<i64>,
    /// By axiom: who goes or joins, or whose costs rise.
    #[serde(default)]
    member: usize,
}

/// Shares in won; none where the rule has no solution.
type Shares = Option<Vec<i128>>;

impl Trial {
    fn members(&self) -> usize {
        self.costs.len().trailing_zeros() as usize
    }

    fn all(&self) -> usize {
        self.costs.len() - 1
    }

    fn figure(&self, member: usize) -> i64 {
        self.figures.get(member).copied().unwrap_or(1)
    }

    fn other(&self, set: usize) -> i64 {
        self.other.get(set).copied().unwrap_or(0)
    }

    /// The same with other costs.
    fn with(&self, cost: impl Fn(usize) -> i64) -> Self {
        Self { costs: (0..self.costs.len()).map(cost).collect(), ..self.clone() }
    }

    /// The shares by a rule, in won of a game whose costs are in such units.
    fn shares(&self, kind: RuleKind, unit: i64, agreed: usize) -> Shares {
        let members = names(self.all());
        let all = self.costs[self.all()] * unit;
        let part = |percent: &str, driver: Option<&str>| Part { percent: id(percent), driver: driver.map(id) };
        let rule = match kind {
            RuleKind::Equal => Rule::Equal,
            RuleKind::Driver => Rule::Driver(id("use")),
            RuleKind::Mix => Rule::Mix(vec![part("90", Some("use")), part("10", None)]),
            RuleKind::Fixed => Rule::Fixed([(id(members[agreed.min(members.len() - 1)]), won(all))].into()),
            RuleKind::Scrb => Rule::Scrb,
            RuleKind::AlternateCostAvoided => Rule::AlternateCostAvoided,
            RuleKind::Shapley => Rule::Shapley,
            RuleKind::Nucleolus => Rule::Nucleolus,
            RuleKind::PerCapitaNucleolus => Rule::PerCapitaNucleolus,
            RuleKind::ProportionalNucleolus => Rule::ProportionalNucleolus,
            RuleKind::Gately => Rule::Gately,
            RuleKind::Tau => Rule::Tau,
            RuleKind::Talmud => Rule::Talmud,
        };
        let costs: BTreeMap<_, _> = (1..=self.all()).map(|set| (names(set).join("+"), won(self.costs[set] * unit))).collect();
        let figures: Vec<String> = (0..self.members()).map(|member| self.figure(member).to_string()).collect();
        let figures: Vec<(&str, &str)> = members.iter().copied().zip(figures.iter().map(String::as_str)).collect();
        let model: Model = with_driver(with_costs(plant(component(all, &members, rule)), costs), "use", &figures);
        match allocation::solve(&model, allocation::AT_ONCE) {
            Ok(result) => Some(result.components[&id("plant")].shares.values().map(|share| share.units().unwrap()).collect()),
            Err(Refusal::NoSolution { .. } | Refusal::DriverZero { .. }) => None,
            Err(other) => panic!("{kind:?} {self:?}: {other}"),
        }
    }

    /// The shares as agreed first. Amounts that are merely agreed follow from nothing: here the first pays all, and when anything changes, the last.
    fn now(&self, kind: RuleKind) -> Shares {
        self.shares(kind, UNIT, 0)
    }

    fn then(&self, kind: RuleKind) -> Shares {
        self.shares(kind, UNIT, usize::MAX)
    }

    fn submodular(&self) -> bool {
        let cost = |set: usize| self.costs[set];
        (0..=self.all()).all(|a| (0..=self.all()).all(|b| cost(a | b) + cost(a & b) <= cost(a) + cost(b)))
    }

    fn subadditive(&self) -> bool {
        let cost = |set: usize| self.costs[set];
        (0..=self.all()).all(|a| (0..=self.all()).all(|b| a & b != 0 || cost(a | b) <= cost(a) + cost(b)))
    }

    fn rising(&self) -> bool {
        (0..=self.all()).all(|a| (0..=self.all()).all(|b| self.costs[a & b] <= self.costs[a]))
    }

    fn in_core(&self, shares: &[i128]) -> bool {
        (1..self.all()).all(|set| paid(shares, set) <= i128::from(self.costs[set] * UNIT) + ROUNDING)
    }

    /// Whether there are shares in the core: then the nucleolus is one.
    fn has_core(&self) -> bool {
        self.now(RuleKind::Nucleolus).is_some_and(|shares| self.in_core(&shares))
    }

    fn is(&self, condition: Condition) -> bool {
        match condition {
            Condition::Core => self.has_core(),
            Condition::CoreAndRising => self.has_core() && self.rising(),
            Condition::Subadditive => self.subadditive(),
            Condition::Submodular => self.submodular(),
        }
    }

    /// The same without the member: what is left of the game.
    fn without(&self, member: usize, cost: impl Fn(usize) -> i64) -> Self {
        let low = (1 << member) - 1;
        let set = |of_rest: usize| of_rest & low | (of_rest & !low) << 1;
        let figures = (0..self.members()).filter(|other| *other != member).map(|other| self.figure(other)).collect();
        Self { costs: (0..self.costs.len() / 2).map(|rest| cost(set(rest))).collect(), figures, other: Vec::new(), member: 0 }
    }

    /// What the others cost when one has paid and gone, in won. Of game rules each set may have it back for its share, or do without.
    fn reduced(&self, kind: RuleKind, shares: &[i128]) -> Self {
        let (gone, share) = (1 << self.member, i64::try_from(shares[self.member]).unwrap());
        let cost = |set: usize| self.costs[set] * UNIT;
        self.without(self.member, |set| match set {
            0 => 0,
            _ if set | gone == self.all() => cost(self.all()) - share,
            _ if kind == RuleKind::Talmud => cost(set),
            _ => cost(set).min(cost(set | gone) - share),
        })
    }

    /// Whether a rule keeps an axiom here; none where the axiom says nothing.
    fn keeps(&self, axiom: Axiom, kind: RuleKind) -> Option<bool> {
        let shares = self.now(kind)?;
        let cost = |set: usize| i128::from(self.costs[set] * UNIT);
        let each = || 0..self.members();
        Some(match axiom {
            Axiom::Efficiency => shares.iter().sum::<i128>() == cost(self.all()),
            Axiom::StandAlone if each().map(|i| cost(1 << i)).sum::<i128>() < cost(self.all()) => return None,
            Axiom::StandAlone => each().all(|i| shares[i] <= cost(1 << i) + ROUNDING),
            Axiom::Core => !self.has_core() || self.in_core(&shares),
            Axiom::EqualTreatment => each().all(|i| each().all(|j| !self.alike(i, j) || (shares[i] - shares[j]).abs() < ROUNDING)),
            Axiom::Dummy => each().all(|i| {
                let dummy = (0..=self.all()).all(|set| set >> i & 1 == 1 || cost(set | 1 << i) == cost(set) + cost(1 << i));
                !dummy || (shares[i] - cost(1 << i)).abs() < ROUNDING
            }),
            Axiom::Additivity => {
                let other = self.with(|set| self.other(set)).now(kind)?;
                let both = self.with(|set| self.costs[set] + self.other(set)).then(kind)?;
                each().all(|i| (both[i] - shares[i] - other[i]).abs() < ROUNDING)
            }
            Axiom::AggregateMonotonicity => {
                let risen = self.risen_together().then(kind)?;
                each().all(|i| risen[i] >= shares[i] - ROUNDING)
            }
            Axiom::CoalitionalMonotonicity => {
                let with = |set: usize| set >> self.member & 1 == 1;
                let risen = self.with(|set| self.costs[set] + if with(set) { self.other(set) } else { 0 }).then(kind)?;
                risen[self.member] >= shares[self.member] - ROUNDING
            }
            Axiom::Covariance => {
                let own = |set: usize| each().filter(|i| set >> i & 1 == 1).map(|i| self.other(1 << i)).sum::<i64>();
                let changed = self.with(|set| 3 * self.costs[set] + own(set)).then(kind)?;
                each().all(|i| (changed[i] - 3 * shares[i] - i128::from(own(1 << i) * UNIT)).abs() < ROUNDING)
            }
            Axiom::Consistency if self.members() < 2 => return None,
            Axiom::Consistency => {
                let mut reduced = self.reduced(kind, &shares);
                // What each has to pay in any set changes nothing for rules that are covariant, and costs are not below zero.
                let own = if verdict(kind, Axiom::Covariance) == Verdict::Keeps { 1000 * UNIT } else { 0 };
                reduced = reduced.with(|set| reduced.costs[set] + own * i64::from(set.count_ones()));
                if reduced.costs.iter().any(|cost| *cost < 0) {
                    return None;
                }
                let rest = reduced.shares(kind, 1, usize::MAX)?;
                let stayed = each().filter(|i| *i != self.member);
                stayed.zip(rest).all(|(i, share)| (share - i128::from(own) - shares[i]).abs() < ROUNDING)
            }
            Axiom::PopulationMonotonicity if self.members() < 2 || !self.submodular() => return None,
            Axiom::PopulationMonotonicity => {
                let before = self.without(self.member, |set| self.costs[set]).then(kind)?;
                each().filter(|i| *i != self.member).zip(before).all(|(i, before)| shares[i] <= before + ROUNDING)
            }
        })
    }

    fn risen_together(&self) -> Self {
        self.with(|set| self.costs[set] + if set == self.all() { self.other(set) } else { 0 })
    }

    fn alike(&self, i: usize, j: usize) -> bool {
        let apart = |set: usize| set >> i & 1 == 0 && set >> j & 1 == 0;
        let same = (0..=self.all()).all(|set| !apart(set) || self.costs[set | 1 << i] == self.costs[set | 1 << j]);
        same && self.figure(i) == self.figure(j)
    }

    /// A random game of one of three kinds: of facilities that some need (submodular), subadditive, or without order; at times with twins or a dummy.
    fn random(random: &mut SplitMix64, most: usize) -> Self {
        let members = 2 + below(random, most - 1);
        let sets = 1_usize << members;
        let number = |random: &mut SplitMix64, bound: usize| i64::try_from(below(random, bound)).unwrap();
        let facilities: Vec<(usize, i64)> = (0..=members).map(|_| (1 + below(random, sets - 1), number(random, 12))).collect();
        let built = |set: usize| facilities.iter().filter(|(users, _)| users & set != 0).map(|(_, cost)| cost).sum::<i64>();
        let mut costs: Vec<i64> = (0..sets).map(|set| built(set) + i64::from(set.count_ones())).collect();
        let kind = below(random, 4);
        if kind > 0 {
            costs = (0..sets).map(|set| if set == 0 { 0 } else { 1 + number(random, 8 + 6 * set.count_ones() as usize) }).collect();
        }
        if kind > 1 {
            for set in 1..sets {
                let parts = (1..set).filter(|part| part & !set == 0).map(|part| costs[part] + costs[set & !part]);
                costs[set] = parts.min().map_or(costs[set], |parts| parts.min(costs[set]));
            }
        }
        match below(random, 4) {
            // The first two are alike, or the first is a dummy.
            0 => (0..sets).filter(|set| set & 3 == 2).for_each(|set| costs[set] = costs[set ^ 3]),
            1 => (0..sets).filter(|set| set & 1 == 1).for_each(|set| costs[set] = costs[set ^ 1] + 5),
            _ => {}
        }
        let figures = (0..members).map(|member| if member < 2 { 2 } else { number(random, 5) }).collect();
        // A rise by the same axiom may be of all sets or of few.
        let few = below(random, 2) == 0;
        let rise = |set: usize, random: &mut SplitMix64| if set == 0 || few && below(random, sets) > 2 { 0 } else { 1 + number(random, 9) };
        let other = (0..sets).map(|set| rise(set, random)).collect();
        Self { costs, figures, other, member: below(random, members) }
    }
}

fn paid(shares: &[i128], set: usize) -> i128 {
    shares.iter().enumerate().filter(|(member, _)| set >> member & 1 == 1).map(|(_, share)| share).sum()
}

fn cells() -> impl Iterator<Item = (RuleKind, Axiom, Verdict)> {
    RuleKind::ALL.into_iter().flat_map(|kind| Axiom::ALL.map(|axiom| (kind, axiom, verdict(kind, axiom))))
}

/// Amounts that are merely agreed are tried for what is kept by them: the sum.
#[test]
fn what_a_rule_keeps_no_random_game_breaks() {
    let mut asked: BTreeMap<(RuleKind, Axiom), usize> = BTreeMap::new();
    for seed in SEEDS {
        let mut random = SplitMix64::new(seed);
        for _ in 0..ROUNDS {
            let trial = Trial::random(&mut random, 4);
            for (kind, axiom, verdict) in cells() {
                let holds = match verdict {
                    Verdict::Breaks => continue,
                    Verdict::Keeps => true,
                    // What costs rise to must be such costs too.
                    Verdict::KeepsWhere(condition) => {
                        trial.is(condition) && (axiom != Axiom::AggregateMonotonicity || trial.risen_together().is(condition))
                    }
                };
                if let Some(keeps) = holds.then(|| trial.keeps(axiom, kind)).flatten() {
                    assert!(keeps, "{kind:?} breaks {axiom:?}: {trial:?}");
                    *asked.entry((kind, axiom)).or_default() += 1;
                }
            }
        }
    }
    for (kind, axiom, verdict) in cells().filter(|(.., verdict)| *verdict != Verdict::Breaks) {
        let times = asked.get(&(kind, axiom)).copied().unwrap_or_default();
        assert!(times >= 10, "{kind:?} {axiom:?} {verdict:?} was tried {times} times only");
    }
}

#[derive(Deserialize)]
struct Games {
    game: Vec<Game>,
}

#[derive(Deserialize)]
struct Game {
    breaks: Vec<String>,
    #[serde(flatten)]
    trial: Trial,
}

#[test]
fn what_a_rule_breaks_a_game_of_the_list_breaks() {
    let Games { game: games } = toml::from_str(include_str!("../data/axioms.toml")).unwrap();
    let name = |kind: RuleKind, axiom: Axiom| format!("{}.{}", kind.name(), axiom.name());
    let mut listed: Vec<&String> = games.iter().flat_map(|game| &game.breaks).collect();
    for (kind, axiom, _) in cells().filter(|(.., verdict)| *verdict == Verdict::Breaks) {
        let game = games.iter().find(|game| game.breaks.contains(&name(kind, axiom)));
        let game = game.unwrap_or_else(|| panic!("nothing shows that {kind:?} breaks {axiom:?}"));
        assert_eq!(game.trial.keeps(axiom, kind), Some(false), "{kind:?} {axiom:?}");
        listed.retain(|listed| **listed != name(kind, axiom));
    }
    assert!(listed.is_empty(), "these are not said to be broken: {listed:?}");
}

/// Conditions are no decoration: without them most of these cells would be wrong. Of three nobody here knows whether they need theirs.
#[test]
fn what_is_kept_under_a_condition_is_broken_without_it() {
    let open = [
        (RuleKind::PerCapitaNucleolus, Axiom::Dummy),
        (RuleKind::PerCapitaNucleolus, Axiom::AggregateMonotonicity),
        (RuleKind::ProportionalNucleolus, Axiom::Dummy),
    ];
    let mut random = SplitMix64::new(SEEDS[0]);
    let trials: Vec<Trial> = (0..1000).map(|_| Trial::random(&mut random, 4)).collect();
    for (kind, axiom, _) in cells().filter(|(.., verdict)| matches!(verdict, Verdict::KeepsWhere(_))) {
        let broken = open.contains(&(kind, axiom)) || trials.iter().any(|trial| trial.keeps(axiom, kind) == Some(false));
        assert!(broken, "{kind:?} keeps {axiom:?} without its condition too");
    }
}

/// What is kept has a source, or follows from how the shares are computed; of what is broken the example is the source.
#[test]
fn only_what_is_kept_has_a_source() {
    for (kind, axiom, verdict) in cells() {
        assert!(verdict != Verdict::Breaks || source(kind, axiom).is_none());
    }
    assert!(RuleKind::ALL.into_iter().all(|kind| !sources(kind).is_empty() && RuleKind::named(kind.name()) == Some(kind)));
}
