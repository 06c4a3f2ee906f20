//! Linear equations in fractions, one after the other.

use coopgame::game::exact::Rational;
use coopgame::num_traits::{One as _, Zero as _};

/// What became of an equation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It says something new.
    New,
    /// It follows from the others.
    Known,
    /// It contradicts them.
    Contradiction,
}

/// Equations in reduced form: each has a place that stands in no other.
pub(crate) struct Equations {
    unknowns: usize,
    rows: Vec<(usize, Vec<Rational>)>,
}

impl Equations {
    /// None yet, in so many unknowns.
    pub(crate) fn new(unknowns: usize) -> Self {
        Self { unknowns, rows: Vec::new() }
    }

    /// How many say something of their own.
    pub(crate) fn rank(&self) -> usize {
        self.rows.len()
    }

    /// Whether so weighted a sum of the unknowns does not follow from the equations.
    pub(crate) fn is_new(&self, factors: impl Iterator<Item = i64>) -> bool {
        self.reduced(factors, Rational::zero()).iter().take(self.unknowns).any(|factor| !factor.is_zero())
    }

    /// What an equation says beyond the others.
    fn reduced(&self, factors: impl Iterator<Item = i64>, sum: Rational) -> Vec<Rational> {
        let mut row: Vec<Rational> = factors.map(|factor| Rational::from_integer(factor.into())).chain([sum]).collect();
        for (place, known) in &self.rows {
            without(&mut row, *place, known);
        }
        row
    }

    /// Takes an equation: the factors of all unknowns, and what they add up to.
    pub(crate) fn take(&mut self, factors: impl Iterator<Item = i64>, sum: Rational) -> Taken {
        let mut row = self.reduced(factors, sum);
        let Some(place) = row.iter().take(self.unknowns).position(|factor| !factor.is_zero()) else {
            return if row.last().is_none_or(Rational::is_zero) { Taken::Known } else { Taken::Contradiction };
        };
        let by = row.get(place).map_or_else(Rational::one, Rational::recip);
        row.iter_mut().filter(|factor| !factor.is_zero()).for_each(|factor| *factor *= &by);
        for (_, known) in &mut self.rows {
            without(known, place, &row);
        }
        self.rows.push((place, row));
        Taken::New
    }

    /// The first so many unknowns; none while one of them is open.
    pub(crate) fn solved(&self, first: usize) -> Option<Vec<Rational>> {
        (0..first)
            .map(|unknown| {
                let (_, row) = self.rows.iter().find(|(place, _)| *place == unknown)?;
                let alone = row.iter().take(self.unknowns).filter(|factor| !factor.is_zero()).count() == 1;
                row.last().filter(|_| alone).cloned()
            })
            .collect()
    }
}

/// Takes so much of an equation from a row that the place is gone from it.
pub(crate) fn without(row: &mut [Rational], place: usize, equation: &[Rational]) {
    let Some(times) = row.get(place).filter(|factor| !factor.is_zero()).cloned() else { return };
    row.iter_mut().zip(equation).filter(|(_, known)| !known.is_zero()).for_each(|(factor, known)| *factor -= &times * known);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(number: i64) -> Rational {
        Rational::from_integer(number.into())
    }

    #[test]
    fn two_unknowns() {
        let mut equations = Equations::new(2);
        assert_eq!(equations.take([2, 1].into_iter(), sum(5)), Taken::New);
        assert_eq!(equations.solved(2), None);
        assert_eq!(equations.take([4, 2].into_iter(), sum(10)), Taken::Known);
        assert_eq!(equations.take([4, 2].into_iter(), sum(11)), Taken::Contradiction);
        assert_eq!(equations.take([0, 3].into_iter(), sum(4)), Taken::New);
        assert_eq!(equations.rank(), 2);
        assert_eq!(equations.solved(2), Some(vec![Rational::new(11.into(), 6.into()), Rational::new(4.into(), 3.into())]));
    }
}
