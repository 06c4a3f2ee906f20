//! Rules for coalitions beside the bare solver: the same game of one cost curve, in the same run, by turns. The product checks the model, draws up the
//! table, solves, limits and rounds; the bare solver (`coopgame`) is given the same curve and gives shares in floating point.

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use coopgame::{ExplicitGame, nucleolus, values};
use proto::allocation::{Component, Costs, Driver, Model, Rule};
use proto::id::GovernmentId;
use proto::money::{Currency, Money};
use proto::words::Names;
use rust_decimal::Decimal;

use super::machine::line_of;

/// Members of the games.
const SIZES: [u8; 3] = [10, 15, 20];
/// How often each is solved at least, and for how long in all at least.
const TIMES: usize = 5;
const AT_LEAST: Duration = Duration::from_secs(2);
/// The cost curve: a plant of one unit, and the exponent.
const CURVE: (u32, f64) = (100_000, 0.7);

/// What was measured.
pub(crate) struct Solving {
    pub(crate) beside: Vec<Beside>,
    /// Memory at its highest of a process that solves the nucleolus of the largest.
    pub(crate) peak_kib: u64,
}

/// One rule and size: medians.
pub(crate) struct Beside {
    pub(crate) rule: &'static str,
    pub(crate) members: u8,
    pub(crate) ours: Duration,
    pub(crate) bare: Duration,
}

/// Measures all.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<Solving> {
    let mut beside = Vec::new();
    for members in SIZES {
        beside.push(by_turns("Shapley", members, Rule::Shapley, |game| drop(black_box(values::shapley(game))))?);
        let solve = |game: &ExplicitGame| drop(black_box(nucleolus::nucleolus(game)));
        beside.push(by_turns("nucleolus", members, Rule::Nucleolus, solve)?);
    }
    let largest = SIZES.into_iter().max().unwrap_or_default();
    Ok(Solving { beside, peak_kib: peak(&model(Rule::Nucleolus, largest)?, folder)? })
}

fn by_turns(rule: &'static str, members: u8, of: Rule, solve: impl Fn(&ExplicitGame)) -> anyhow::Result<Beside> {
    let model = model(of, members)?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let start = Instant::now();
    while ours.len() < TIMES || start.elapsed() < AT_LEAST {
        let begin = Instant::now();
        black_box(allocation::solve(&model, members.into())?);
        ours.push(begin.elapsed());
        let begin = Instant::now();
        solve(&game(members)?);
        bare.push(begin.elapsed());
    }
    Ok(Beside { rule, members, ours: median(ours), bare: median(bare) })
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

/// What the members need, each something else.
fn needs(members: u8) -> impl Iterator<Item = u8> {
    (0..members).map(|nth| 10 + nth)
}

/// The game of savings as someone would draw it up who has nothing but the solver: from the same curve, by the same arithmetic.
fn game(members: u8) -> anyhow::Result<ExplicitGame> {
    let cost = |need: f64| libm::round(f64::from(CURVE.0) * libm::pow(need, CURVE.1));
    // For each set what its members need together, and what they would pay alone.
    let mut sums = vec![(0.0, 0.0)];
    for need in needs(members).map(f64::from) {
        let with: Vec<(f64, f64)> = sums.iter().map(|(needs, alone)| (needs + need, alone + cost(need))).collect();
        sums.extend(with);
    }
    let values: Vec<f64> = sums.into_iter().skip(1).map(|(needs, alone)| alone - cost(needs)).collect();
    ExplicitGame::from_binary(&values).map_err(|e| anyhow::anyhow!("{e}"))
}

/// The same game as a model.
pub(crate) fn model(rule: Rule, members: u8) -> anyhow::Result<Model> {
    let name = |nth: u8| format!("city-{nth:02}").parse::<GovernmentId>();
    let names = (0..members).map(name).collect::<Result<Vec<_>, _>>()?;
    let values = names.iter().cloned().zip(needs(members).map(Decimal::from)).collect();
    // What all would pay by the curve, so that the whole costs what its coalition costs.
    let sum: u32 = needs(members).map(u32::from).sum();
    let whole = Decimal::from_f64_retain(f64::from(CURVE.0) * f64::from(sum).powf(CURVE.1)).context("no number")?.round();
    let mut plant = Component::new(Names::new("Plant", "시설"), Money { amount: whole, currency: Currency::KRW }, names, rule);
    plant.costs = Some(Costs::Capacity { a: Money::krw(CURVE.0.into()), b: "0.7".parse()?, need: "use".parse()? });
    let need = Driver { names: Names::new("Use", "사용량"), unit: "t/day".into(), year: 2026, source: "bench".into(), values };
    let mut model = Model::new(Currency::KRW);
    model.components.insert("plant".parse()?, plant);
    model.drivers.insert("use".parse()?, need);
    Ok(model)
}

/// The most memory that a process of the product had while it solved a model. Looked at again and again: it only grows, so the last look tells.
fn peak(model: &Model, folder: &Path) -> anyhow::Result<u64> {
    let file = folder.join("model.json");
    std::fs::write(&file, serde_json::to_vec(model)?)?;
    let mut child = Command::new(std::env::current_exe()?).arg("allocate").arg(&file).stdout(Stdio::null()).spawn()?;
    let mut peak = 0;
    let status = loop {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", child.id())).context("memory is read from /proc, which is Linux")?;
        peak = line_of(&status, "VmHWM:").unwrap_or(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    anyhow::ensure!(status.success(), "`interlocal allocate` ended with {status}");
    Ok(peak)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is timed beside each other is the same game.
    #[test]
    fn both_solve_the_same_game() {
        let shares = allocation::solve(&model(Rule::Shapley, 5).unwrap(), 5).unwrap().components.into_values().next().unwrap().shares;
        let saved = values::shapley(&game(5).unwrap());
        let alone = needs(5).map(|need| (100_000.0 * f64::from(need).powf(0.7)).round());
        for ((share, saved), alone) in shares.values().zip(saved).zip(alone) {
            let bare = Decimal::from_f64_retain(alone - saved).unwrap();
            assert!((share.amount - bare).abs() <= Decimal::ONE, "{share} {bare}");
        }
    }
}
