//! Balanced sets: weights by which all sets together hold every member once.

use coopgame::game::exact::Rational;
use coopgame::num_traits::{Signed as _, Zero as _};

use crate::number::whole;
use crate::span::without;

/// Weights above zero for the sets that must have one and zero or above for those that may, which add up to one for every member. None where there are
/// none. Found by the simplex method in fractions, with the rule of Bland (1977), which ends always.
pub(super) fn balanced(must: &[usize], may: &[usize], members: usize) -> Option<(Vec<Rational>, Vec<Rational>)> {
    // With one added to the weight of each that must have one, the weights of every member add up to the unknown in the first place.
    let line = |member: usize| {
        let holds = |set: &usize| whole(i128::from(set >> member & 1 == 1));
        let count: Rational = must.iter().map(holds).sum();
        [whole(1)].into_iter().chain(must.iter().chain(may).map(|set| -holds(set))).chain([count]).collect()
    };
    let solution = solved((0..members).map(line).collect(), 1 + must.len() + may.len())?;
    let (all, weights) = solution.split_first()?;
    let (of_must, of_may) = weights.split_at(must.len());
    Some((of_must.iter().map(|weight| (weight + whole(1)) / all).collect(), of_may.iter().map(|weight| weight / all).collect()))
}

/// Unknowns of zero or above that fulfil equations, whose sums stand last and are zero or above.
fn solved(mut lines: Vec<Vec<Rational>>, unknowns: usize) -> Option<Vec<Rational>> {
    let mut basis: Vec<Option<usize>> = vec![None; lines.len()];
    // What the equations still lack in sum: at zero they are fulfilled.
    let mut lack: Vec<Rational> = (0..=unknowns).map(|place| lines.iter().filter_map(|line| line.get(place)).sum()).collect();
    while let Some(entering) = lack.iter().take(unknowns).position(Rational::is_positive) {
        let ratio = |line: &Vec<Rational>| {
            let factor = line.get(entering).filter(|factor| factor.is_positive())?;
            Some(line.last()? / factor)
        };
        let leaving = lines.iter().zip(&basis).enumerate().filter_map(|(place, (line, known))| {
            // Of equals an equation without an unknown of its own comes last.
            Some(((ratio(line)?, known.unwrap_or(unknowns + place)), place))
        });
        let (_, place) = leaving.min()?;
        let mut line = lines.get(place)?.clone();
        let factor = line.get(entering)?.clone();
        line.iter_mut().filter(|number| !number.is_zero()).for_each(|number| *number /= &factor);
        lines.iter_mut().chain([&mut lack]).for_each(|other| without(other, entering, &line));
        *lines.get_mut(place)? = line;
        *basis.get_mut(place)? = Some(entering);
    }
    if !lack.last()?.is_zero() {
        return None;
    }
    let mut solution = vec![whole(0); unknowns];
    for (line, known) in lines.iter().zip(basis) {
        if let Some(number) = known.and_then(|place| solution.get_mut(place)) {
            *number = line.last()?.clone();
        }
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(numbers: &[(i64, i64)]) -> Vec<Rational> {
        numbers.iter().map(|(above, below)| Rational::new((*above).into(), (*below).into())).collect()
    }

    #[test]
    fn pairs_of_three_weigh_a_half_each() {
        assert_eq!(balanced(&[0b011, 0b101, 0b110], &[], 3), Some((parts(&[(1, 2), (1, 2), (1, 2)]), Vec::new())));
    }

    #[test]
    fn a_member_in_no_set_cannot_be_weighed() {
        assert_eq!(balanced(&[0b011], &[], 3), None);
        assert_eq!(balanced(&[0b011], &[0b100], 3), Some((parts(&[(1, 1)]), parts(&[(1, 1)]))));
    }

    #[test]
    fn all_that_must_have_a_weight_have_one() {
        // Two and three are opposites; a set with both of them and nobody to make up for it is none of a balance.
        assert_eq!(balanced(&[0b001, 0b111, 0b101], &[], 3), None);
        let (weights, others) = balanced(&[0b001, 0b011], &[0b110, 0b010, 0b100], 3).unwrap();
        assert!(weights.iter().all(Rational::is_positive));
        for member in 0..3 {
            let sets = [0b001, 0b011, 0b110, 0b010, 0b100];
            let sum: Rational =
                weights.iter().chain(&others).zip(sets).filter(|(_, set)| set >> member & 1 == 1).map(|(weight, _)| weight).sum();
            assert_eq!(sum, whole(1));
        }
    }
}
