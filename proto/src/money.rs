//! Exact money: a decimal amount and an ISO 4217 currency, and the one rule by which exact shares of a sum become money.

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
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX" | b"VND" | b"VUV" | b"XAF"
            | b"UYI" | b"XOF" | b"XPF" => 0,
            b"CLF" | b"UYW" => 4,
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

    /// The same without zeros behind the number.
    #[must_use]
    pub fn normalized(self) -> Self {
        Self { amount: self.amount.normalize(), ..self }
    }

    /// The amount in smallest units of its currency; none if it has a finer part.
    #[must_use]
    pub fn units(self) -> Option<i128> {
        let amount = self.amount.normalize();
        let finer = self.currency.minor_digits().checked_sub(amount.scale())?;
        amount.mantissa().checked_mul(10_i128.pow(finer))
    }

    /// So many smallest units, always written with all digits of the currency; none where a decimal cannot hold them (28 digits).
    #[must_use]
    pub fn of_units(units: i128, currency: Currency) -> Option<Self> {
        let amount = Decimal::try_from_i128_with_scale(units, currency.minor_digits()).ok()?;
        Some(Self { amount, currency })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// Rounds exact shares of a sum so that they add up to it. This is the only rounding of shares there is, whatever rule they come from.
///
/// Each share is rounded down to the smallest unit of its currency, and the units left over go, one each, to the largest remainders (the method of
/// Hamilton, or of largest remainders). Equal remainders are served in the order in which the shares stand, which by our use is the order of names.
///
/// `sum` is in smallest units; of each share, its whole units rounded down and what is left above them. The exact shares must add up to the sum.
///
/// ```
/// use proto::money::round;
/// let thirds = vec![(33, "1/3"), (33, "1/3"), (33, "1/3")];
/// assert_eq!(round(100, thirds), [34, 33, 33]);
/// ```
#[must_use]
pub fn round<R: Ord>(sum: i128, exact: Vec<(i128, R)>) -> Vec<i128> {
    let left = sum - exact.iter().map(|(whole, _)| whole).sum::<i128>();
    let mut shares: Vec<(usize, (i128, R))> = exact.into_iter().enumerate().collect();
    shares.sort_by(|(_, (_, a)), (_, (_, b))| b.cmp(a));
    for (_, (whole, _)) in shares.iter_mut().take(usize::try_from(left).unwrap_or(0)) {
        *whole += 1;
    }
    shares.sort_by_key(|(place, _)| *place);
    shares.into_iter().map(|(_, (whole, _))| whole).collect()
}

/// `-1234567.5` with two digits is `-1,234,567.50`. More digits than asked for stay.
#[must_use]
pub fn grouped(amount: Decimal, minor: u32) -> String {
    let mut amount = amount.normalize();
    amount.rescale(amount.scale().max(minor));
    let text = amount.abs().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::new();
    if amount.is_sign_negative() && !amount.is_zero() {
        out.push('-');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_left_over_go_to_the_largest_remainders_and_ties_by_order() {
        assert_eq!(round(10, vec![(2, 5), (2, 9), (4, 6)]), [2, 3, 5]);
        assert_eq!(round(10, vec![(2, 5), (2, 5), (4, 5), (0, 5)]), [3, 3, 4, 0]);
        assert_eq!(round(-3, vec![(-2, 1), (-2, 1)]), [-1, -2]);
        assert_eq!(round::<u8>(0, Vec::new()), [0_i128; 0]);
    }

    #[test]
    fn an_amount_is_its_smallest_units() {
        let usd = Currency::try_from("USD".to_owned()).unwrap();
        let price = Money { amount: "12.50".parse().unwrap(), currency: usd };
        assert_eq!(price.units(), Some(1250));
        assert_eq!(Money::of_units(1250, usd), Some(price));
        assert_eq!(Money::of_units(1200, usd).unwrap().amount.to_string(), "12.00");
        assert_eq!(Money { amount: "0.5".parse().unwrap(), currency: Currency::KRW }.units(), None);
        assert_eq!(Money { amount: "7.00".parse().unwrap(), currency: Currency::KRW }.units(), Some(7));
        assert_eq!(Money { amount: Decimal::MAX, currency: usd }.units(), Some(7_922_816_251_426_433_759_354_395_033_500));
        assert_eq!(Money::of_units(i128::MAX, usd), None);
    }
}
