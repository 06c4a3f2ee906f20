//! Exact numbers: decimals as fractions, and fractions of a sum as whole units.

use coopgame::game::exact::Rational;
use coopgame::num_traits::{NumRef, Signed, ToPrimitive as _};
use proto::allocation::Exact;
use proto::money::round;
use rust_decimal::Decimal;

/// A decimal as an exact fraction.
pub(crate) fn rational(number: Decimal) -> Rational {
    Rational::new(number.mantissa().into(), 10_i128.pow(number.scale()).into())
}

/// A whole number as a fraction.
pub(crate) fn whole(number: i128) -> Rational {
    Rational::from_integer(number.into())
}

/// A fraction of whole numbers, the one below above zero.
pub(crate) fn fraction(above: i128, below: i128) -> Rational {
    // Reduced before the numbers become large ones, which are dear to divide.
    let by = common(below, above);
    Rational::new_raw((above / by).into(), (below / by).into())
}

/// The greatest common divisor of a number that is not zero and another, above zero.
pub(crate) fn common<N: Clone + Signed + NumRef>(a: N, b: N) -> N {
    if b.is_zero() {
        return a.abs();
    }
    let rest = a % &b;
    common(b, rest)
}

/// To the next whole number, halves up; none where it does not fit.
pub(crate) fn half_up(exact: &Rational) -> Option<i128> {
    let half = Rational::new(1.into(), 2.into());
    i128::try_from((exact + half).floor().to_integer()).ok()
}

/// Exact shares of a sum in whole units that add up to it; none where a unit count does not fit.
pub(crate) fn in_units(sum: i128, shares: &[Rational]) -> Option<Vec<i128>> {
    Some(round(sum, down(shares)?))
}

/// Each share rounded down to whole units, and what that leaves.
pub(crate) fn down(shares: &[Rational]) -> Option<Vec<(i128, Rational)>> {
    let parts = shares.iter().map(|share| {
        let floor = share.floor().to_integer();
        // What is left of a reduced fraction is reduced.
        let rest = Rational::new_raw(share.numer() - &floor * share.denom(), share.denom().clone());
        Some((i128::try_from(floor).ok()?, rest))
    });
    parts.collect()
}

/// A number as it is said: a decimal of at most so many digits behind the point, and the fraction where that cuts something off. None where no decimal
/// is so large.
pub(crate) fn exact(number: &Rational, digits: u32) -> Option<Exact> {
    let cut = |digits: u32| {
        let cut = (number * whole(10_i128.pow(digits))).trunc().to_integer().to_i128()?;
        Decimal::try_from_i128_with_scale(cut, digits).ok()
    };
    let decimal = (0..=digits).rev().find_map(cut)?.normalize();
    Some(Exact { decimal, fraction: (rational(decimal) != *number).then(|| number.to_string()) })
}
