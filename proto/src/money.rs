//! Exact money: a decimal amount and an ISO 4217 currency, and shares of a sum that add up to it.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code, such as `KRW`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// The text is no currency code: three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency code of three capital letters (ISO 4217)")]
pub struct BadCurrency(String);

impl Currency {
    /// South Korean won.
    pub const KRW: Self = Self(*b"KRW");

    /// Digits after the decimal point of the smallest unit (ISO 4217, table A.1). Most have two.
    #[must_use]
    pub fn minor_digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX" | b"VND" | b"VUV"
            | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

impl TryFrom<String> for Currency {
    type Error = BadCurrency;

    fn try_from(text: String) -> Result<Self, BadCurrency> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(BadCurrency(text)),
        }
    }
}

impl JsonSchema for Currency {
    fn schema_name() -> Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$" })
    }
}

/// An amount in one currency, in whole currency units (won, not 억원), written as a decimal string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The amount.
    #[schemars(with = "String")]
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in won.
    #[must_use]
    pub fn krw(won: i64) -> Self {
        Self { amount: Decimal::from(won), currency: Currency::KRW }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// Why a sum cannot be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Indivisible {
    /// Every weight is zero, or there is none.
    #[error("the weights are all zero")]
    NoWeight,
    /// A weight is below zero.
    #[error("a weight is below zero")]
    NegativeWeight,
    /// The sum has a part smaller than the currency's smallest unit.
    #[error("the sum has a part smaller than the smallest unit of its currency")]
    BelowMinorUnit,
    /// The numbers are too large for exact arithmetic (28 decimal digits).
    #[error("the numbers are too large")]
    TooLarge,
}

/// Shares a sum by weights so that the shares add up to it exactly: each share is rounded down to the currency's smallest unit, and the units
/// left over go one each to the largest remainders (the method of Hamilton). Equal remainders are served in the order the weights stand in.
///
/// # Errors
/// See [`Indivisible`].
pub fn share(sum: Money, weights: &[Decimal]) -> Result<Vec<Money>, Indivisible> {
    if weights.iter().any(|w| w.is_sign_negative() && !w.is_zero()) {
        return Err(Indivisible::NegativeWeight);
    }
    let total = weights.iter().try_fold(Decimal::ZERO, |a, w| a.checked_add(*w)).ok_or(Indivisible::TooLarge)?;
    if total.is_zero() {
        return Err(Indivisible::NoWeight);
    }
    let unit = Decimal::new(1, sum.currency.minor_digits());
    if !(sum.amount % unit).is_zero() {
        return Err(Indivisible::BelowMinorUnit);
    }
    let mut shares = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = sum.amount;
    for (place, weight) in weights.iter().enumerate() {
        let exact = exact_share(sum.amount, *weight, total).ok_or(Indivisible::TooLarge)?;
        let floor = (exact / unit).floor() * unit;
        left -= floor;
        remainders.push((exact - floor, place));
        shares.push(floor);
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, place) in remainders {
        if left < unit {
            break;
        }
        if let Some(share) = shares.get_mut(place) {
            *share += unit;
            left -= unit;
        }
    }
    Ok(shares.into_iter().map(|amount| Money { amount, currency: sum.currency }).collect())
}

/// Multiplies before it divides where that is exact, so that a remainder is not blurred by the division.
fn exact_share(sum: Decimal, weight: Decimal, total: Decimal) -> Option<Decimal> {
    match sum.checked_mul(weight) {
        Some(product) => product.checked_div(total),
        None => weight.checked_div(total)?.checked_mul(sum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_ties_go_by_order() {
        let shares = share(Money::krw(100), &[Decimal::ONE; 3]).unwrap();
        assert_eq!(shares, [Money::krw(34), Money::krw(33), Money::krw(33)]);
    }

    #[test]
    fn what_cannot_be_shared_is_said() {
        assert_eq!(share(Money::krw(1), &[]), Err(Indivisible::NoWeight));
        assert_eq!(share(Money::krw(1), &[Decimal::NEGATIVE_ONE, Decimal::TWO]), Err(Indivisible::NegativeWeight));
        let half = Money { amount: Decimal::new(5, 1), currency: Currency::KRW };
        assert_eq!(share(half, &[Decimal::ONE]), Err(Indivisible::BelowMinorUnit));
        assert_eq!(share(Money { amount: Decimal::MAX, currency: Currency::KRW }, &[Decimal::MAX, Decimal::MAX]), Err(Indivisible::TooLarge));
    }
}
