//! What follows from what: sums of unknowns, in fractions.

use coopgame::game::exact::Rational;
use coopgame::num_traits::Zero as _;

/// Weighted sums of unknowns that are known, in reduced form: each has a place that stands in no other.
pub(crate) struct Span {
    rows: Vec<(usize, Vec<Rational>)>,
}

impl Span {
    /// Of none yet.
    pub(crate) fn new() -> Self {
        Self { rows: Vec::new() }
    }

    /// How many say something of their own: when there are as many as unknowns, all unknowns follow.
    pub(crate) fn rank(&self) -> usize {
        self.rows.len()
    }

    /// Whether so weighted a sum does not follow from the others.
    pub(crate) fn is_new(&self, factors: impl Iterator<Item = i64>) -> bool {
        self.reduced(factors).iter().any(|factor| !factor.is_zero())
    }

    /// What a sum says beyond the others.
    fn reduced(&self, factors: impl Iterator<Item = i64>) -> Vec<Rational> {
        let mut row: Vec<Rational> = factors.map(|factor| Rational::from_integer(factor.into())).collect();
        for (place, known) in &self.rows {
            without(&mut row, *place, known);
        }
        row
    }

    /// Takes a sum.
    pub(crate) fn take(&mut self, factors: impl Iterator<Item = i64>) {
        let mut row = self.reduced(factors);
        let Some((place, by)) = row.iter().enumerate().find(|(_, factor)| !factor.is_zero()).map(|(place, by)| (place, by.recip())) else {
            return;
        };
        row.iter_mut().filter(|factor| !factor.is_zero()).for_each(|factor| *factor *= &by);
        for (_, known) in &mut self.rows {
            without(known, place, &row);
        }
        self.rows.push((place, row));
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

    #[test]
    fn two_unknowns() {
        let mut span = Span::new();
        span.take([2, 1].into_iter());
        assert!(!span.is_new([4, 2].into_iter()) && span.is_new([0, 3].into_iter()));
        span.take([4, 2].into_iter());
        assert_eq!(span.rank(), 1);
        span.take([0, 3].into_iter());
        assert_eq!(span.rank(), 2);
        assert!(!span.is_new([5, 7].into_iter()));
    }
}
