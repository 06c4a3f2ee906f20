//! The nucleolus in whole numbers against others: linear programs in fractions, and in floating point.

use coopgame::game::exact::ExactGame;
use coopgame::generators::SplitMix64;
use coopgame::nucleolus::exact;
use coopgame::verify;

use super::simplex::{Conditions, Says, Shares};
use super::*;

/// Savings of all kinds: few different ones, large ones, of both signs, the same for as many members, and of two sides that need each other.
fn saved(members: usize, kind: u64, random: &mut SplitMix64) -> Vec<i128> {
    let all = (1_usize << members) - 1;
    let mut of = |set: usize| {
        let (number, size) = (i128::from(random.next_u64() >> 1), i128::from(set.count_ones()));
        match kind {
            0 => number % 3,
            1 => number % 9_000_000_000_000_000_000,
            2 => number % 1_000_001 - 300_000,
            3 => (number % 9_000_000_000_000_000_000) * if number & 1 == 0 { 1 } else { -1 },
            4 => size / 2 * 10,
            5 => size * size + number % 2,
            _ => i128::from((set & 0b01_0101_0101).count_ones().min((set & 0b10_1010_1010).count_ones())) * 7,
        }
    };
    (0..=all).map(|set| if set.count_ones() < 2 { 0 } else { of(set) }).map(|saved| if kind == 3 { saved } else { saved.max(-5) }).collect()
}

/// Games that have a nucleolus, with their kind.
fn games(sizes: std::ops::RangeInclusive<usize>, times: usize) -> impl Iterator<Item = (String, Vec<i128>)> {
    let mut random = SplitMix64::new(1969);
    let kinds = sizes.flat_map(move |members| (0..7).cycle().take(7 * times).map(move |kind| (members, kind)));
    kinds.map(move |(members, kind)| {
        let mut saved = saved(members, kind, &mut random);
        if let Some(all) = saved.last_mut() {
            *all = all.abs();
        }
        (format!("{members} members, kind {kind}: {saved:?}"), saved)
    })
}

/// Costs that save so much.
fn costs(saved: &[i128]) -> Vec<i64> {
    let most = saved.iter().map(|saved| saved.abs()).max().unwrap_or_default() + 1;
    saved.iter().enumerate().map(|(set, saved)| i64::try_from(most * i128::from(set.count_ones()) - saved).unwrap()).collect()
}

fn exact(saved: &[i128]) -> ExactGame {
    ExactGame::from_binary(saved.iter().skip(1).map(|saved| whole(*saved)).collect()).unwrap()
}

fn game<N: Whole>(saved: &[i128]) -> Game<N> {
    Game { saved: saved.iter().map(|saved| N::from(*saved)).collect(), times: vec![N::one(); saved.len()] }
}

fn found<N: Whole>(game: &Game<N>) -> (Shares<N>, Vec<Conditions<N>>) {
    Program::new(game, true).solved().unwrap()
}

#[test]
fn programs_in_fractions_come_to_the_same() {
    for (name, saved) in games(2..=5, 2) {
        let game = game::<i128>(&saved);
        let (shares, levels) = found(&game);
        assert!(is_nucleolus(&game, &shares, &levels), "{name}");
        assert_eq!(shares.fractions(), exact::nucleolus(&exact(&saved), Domain::Imputation).unwrap().allocation, "{name}");
    }
}

#[test]
fn the_crate_proves_what_is_proven_here() {
    for (name, saved) in games(6..=10, 1) {
        let game = game::<i128>(&saved);
        let (shares, levels) = found(&game);
        assert!(is_nucleolus(&game, &shares, &levels), "{name}");
        assert!(verify::kohlberg_exact(&exact(&saved), &shares.fractions(), Domain::Imputation).satisfied, "{name}");
    }
}

/// Quick numbers have room for the largest games that are solved in them.
#[test]
fn numbers_of_any_size_come_to_the_same() {
    for (name, saved) in games(7..=EXACT, 1).step_by(5) {
        assert_eq!(found(&game::<i128>(&saved)).0.fractions(), found(&game::<BigInt>(&saved)).0.fractions(), "{name}");
    }
}

#[test]
fn whichever_condition_is_taken_first_it_ends_and_comes_to_the_same() {
    for (name, saved) in games(2..=8, 1) {
        let game = game::<i128>(&saved);
        let mut program = Program::new(&game, true);
        program.steepest = 0;
        let (by_first, _) = program.solved().unwrap();
        assert_eq!(by_first.fractions(), found(&game).0.fractions(), "{name}");
    }
}

#[test]
fn floating_point_comes_near() {
    for (name, saved) in games(3..=6, 2).filter(|(name, _)| !name.contains("kind 1") && !name.contains("kind 3")) {
        let costs = costs(&saved);
        for measure in [Measure::PerCapita, Measure::Proportional] {
            let Ok(near) = program(&costs, measure) else { continue };
            let scale = 1e-7 * costs.iter().copied().max().unwrap().to_f64().unwrap();
            for (share, near) in nucleolus(&costs, measure).unwrap().iter().zip(near) {
                assert!((share.to_f64().unwrap() - near).abs() <= scale, "{measure:?} {name}: {share} {near}");
            }
        }
        let worth: Vec<f64> = costs.iter().skip(1).map(|cost| -cost.to_f64().unwrap()).collect();
        let floating = ExplicitGame::from_binary(&worth).unwrap();
        let near = coopgame::nucleolus::least_core(&floating, Domain::Preimputation).unwrap().epsilon();
        let least = least_core(&costs).unwrap().to_f64().unwrap();
        assert!((least - near).abs() <= 1e-9 * near.abs().max(costs.len().to_f64().unwrap()), "{name}: {least} {near}");
    }
}

/// Of costs that are all but alike: who pays a hair less than alone does not pay as much.
#[test]
fn a_hair_is_seen() {
    let costs =
        |hair: i64| [0, 30, 50, 79, 50, 79, 70, 100].map(|billions| billions * 1_000_000_000 - if billions == 100 { hair } else { 0 });
    let shares = |measure| nucleolus(&costs(9000), measure).unwrap();
    let hairs = |a: i128, others: i128| [whole(30_000_000_000 - a), whole(35_000_000_000 - others), whole(35_000_000_000 - others)];
    // Of a alone and of b and c, who could both save 3,000: (9000 − a's part) / 2 each.
    assert_eq!(shares(Measure::Plain), hairs(4500, 2250));
    assert_eq!(shares(Measure::PerCapita), hairs(3000, 3000));
    // By what they cost, 30 to 70.
    assert_eq!(shares(Measure::Proportional), hairs(2700, 3150));
}

/// Another unit of money changes the shares just by that, however large the figures are.
#[test]
fn a_unit_changes_nothing() {
    let mut random = SplitMix64::new(1912);
    let mut cost =
        |members: u32| i64::from(members) * 3_000_000 - i64::try_from(random.next_u64() % 11).unwrap() - i64::from(members / 8) * 99;
    let costs: Vec<i64> = (0_u32..256).map(|set| if set == 0 { 0 } else { cost(set.count_ones()) }).collect();
    let scaled: Vec<i64> = costs.iter().map(|cost| cost * 10_000_000_000).collect();
    for measure in [Measure::Plain, Measure::PerCapita, Measure::Proportional] {
        let Ok(shares) = nucleolus(&costs, measure) else { panic!("{measure:?}") };
        let times: Vec<Rational> = shares.iter().map(|share| share * whole(10_000_000_000)).collect();
        assert_eq!(nucleolus(&scaled, measure).unwrap(), times, "{measure:?}");
    }
}

#[test]
fn a_proof_of_something_else_does_not_pass() {
    for (name, saved) in games(3..=6, 1) {
        let game = game::<i128>(&saved);
        let (shares, levels) = found(&game);
        let passes = |shares: &Shares<i128>, levels: &[Conditions<i128>]| is_nucleolus(&game, shares, levels);
        assert!(passes(&shares, &levels), "{name}");
        // A part of a unit from one to another.
        let mut moved = shares.clone();
        moved.each[0] += 1;
        moved.each[1] -= 1;
        assert!(!passes(&moved, &levels), "{name}");
        // More than there is.
        moved.each[1] += 2;
        assert!(!passes(&moved, &levels), "{name}");
        // A level is missing.
        assert!(!passes(&shares, &levels[1..]), "{name}");
        assert!(!passes(&shares, &levels[..levels.len() - 1]), "{name}");
        for place in 0..levels.len() {
            // Something is settled that is not.
            let mut forged = levels.clone();
            let held = forged[place].held.iter_mut().find(|held| !held.is_settled() && held.weight() > 0).unwrap();
            held.condition.says = Says::Settled;
            assert!(!passes(&shares, &forged), "{name}");
            // The balance has other weights.
            let mut forged = levels.clone();
            *forged[place].held[1].column.last_mut().unwrap() += 1;
            assert!(!passes(&shares, &forged), "{name}");
        }
    }
}
