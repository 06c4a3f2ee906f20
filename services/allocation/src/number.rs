//! Exact numbers: decimals as fractions, and fractions of a sum as whole units.

use coopgame::game::exact::Rational;
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

/// To the next whole number, halves up; none where it does not fit.
pub(crate) fn half_up(exact: &Rational) -> Option<i128> {
    let half = Rational::new(1.into(), 2.into());
    i128::try_from((exact + half).floor().to_integer()).ok()
}

/// Exact shares of a sum in whole units that add up to it; none where a unit count does not fit.
pub(crate) fn in_units(sum: i128, shares: &[Rational]) -> Option<Vec<i128>> {
    let parts = shares.iter().map(|share| {
        let floor = share.floor();
        let rest = share - &floor;
        Some((i128::try_from(floor.to_integer()).ok()?, rest))
    });
    Some(round(sum, parts.collect::<Option<_>>()?))
}
