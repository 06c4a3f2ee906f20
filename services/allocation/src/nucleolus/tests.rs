//! The nucleolus in whole numbers against two others: linear programs in fractions, and what floating point leads to.

use coopgame::generators::SplitMix64;

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

fn exact(saved: &[i128]) -> ExactGame {
    ExactGame::from_binary(saved.iter().skip(1).map(|saved| whole(*saved)).collect()).unwrap()
}

fn found(saved: &[i128]) -> (Shares, Vec<Conditions>) {
    Program::new(saved).solved().unwrap()
}

#[test]
fn programs_in_fractions_come_to_the_same() {
    for (game, saved) in games(2..=5, 2) {
        let (shares, levels) = found(&saved);
        assert!(is_nucleolus(&saved, &shares, &levels), "{game}");
        assert_eq!(shares.fractions(), exact::nucleolus(&exact(&saved), Domain::Imputation).unwrap().allocation, "{game}");
    }
}

#[test]
fn floating_point_leads_to_the_same() {
    for (game, saved) in games(6..=8, 1) {
        assert_eq!(found(&saved).0.fractions(), guessed(&saved).unwrap(), "{game}");
        assert_eq!(proven(&saved).unwrap(), guessed(&saved).unwrap(), "{game}");
    }
}

#[test]
fn the_crate_proves_what_is_proven_here() {
    for (game, saved) in games(9..=PROVEN, 1) {
        let (shares, levels) = found(&saved);
        assert!(is_nucleolus(&saved, &shares, &levels), "{game}");
        assert!(verify::kohlberg_exact(&exact(&saved), &shares.fractions(), Domain::Imputation).satisfied, "{game}");
    }
}

#[test]
fn a_proof_of_something_else_does_not_pass() {
    for (game, saved) in games(3..=6, 1) {
        let (shares, levels) = found(&saved);
        let passes = |shares: &Shares, levels: &[Conditions]| is_nucleolus(&saved, shares, levels);
        assert!(passes(&shares, &levels), "{game}");
        // A part of a unit from one to another.
        let mut moved = shares.clone();
        moved.each[0] += 1;
        moved.each[1] -= 1;
        assert!(!passes(&moved, &levels), "{game}");
        // More than there is.
        moved.each[1] += 2;
        assert!(!passes(&moved, &levels), "{game}");
        // A level is missing.
        assert!(!passes(&shares, &levels[1..]), "{game}");
        assert!(!passes(&shares, &levels[..levels.len() - 1]), "{game}");
        for place in 0..levels.len() {
            // Something is settled that is not.
            let mut forged = levels.clone();
            let held = forged[place].held.iter_mut().find(|held| !held.is_settled() && held.weight() > 0).unwrap();
            held.condition.says = Says::Settled;
            assert!(!passes(&shares, &forged), "{game}");
            // The balance has other weights.
            let mut forged = levels.clone();
            *forged[place].held[1].column.last_mut().unwrap() += 1;
            assert!(!passes(&shares, &forged), "{game}");
        }
    }
}
