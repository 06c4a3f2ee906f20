//! What is typed into a field of a term, read as the kind of value it asks for: `37.8억`, `30 %`, `180,000 t/day`, `2000. 2. 29.`.

use gateway::units;
use jiff::civil::Date;
use proto::money::{Currency, Money};
use proto::term::{Kind, Value};
use rust_decimal::Decimal;

use crate::typed;

/// Why something typed is not what the field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// No number, or one that can be read in two ways.
    Number,
    /// An amount finer than the smallest unit of its currency, or too large.
    Amount,
    /// Not from 0 to 100.
    Share,
    /// No day.
    Day,
}

impl Unread {
    /// The key of its text.
    pub fn text(self) -> &'static str {
        match self {
            Self::Number => "table-unread-number",
            Self::Amount => "table-unread-amount",
            Self::Share => "table-unread-share",
            Self::Day => "table-unread-day",
        }
    }
}

/// A text as a value of a kind; a duty is two fields and none of these.
pub(crate) fn value(kind: &Kind, text: &str) -> Result<Value, Unread> {
    match kind {
        Kind::Money { currency } => money(text, *currency).map(Value::Money),
        Kind::Share => share(text).map(Value::Share),
        Kind::Quantity { unit } => quantity(text, unit).map(|amount| Value::Quantity { amount, unit: unit.clone() }),
        Kind::Date => day(text).map(Value::Date),
        Kind::Choice { .. } => Ok(Value::Choice(text.to_owned())),
        Kind::Duty | Kind::Text => Ok(Value::Text(lines(text))),
    }
}

/// Browsers end lines with two characters; the record has one.
pub(crate) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// With or without its currency.
fn money(text: &str, currency: Currency) -> Result<Money, Unread> {
    let code = currency.to_string();
    let text = text.trim();
    let text = text.strip_prefix(&code).or_else(|| text.strip_suffix(&code)).unwrap_or(text);
    let money = Money { amount: typed::read(text).ok_or(Unread::Number)?, currency };
    if money.units().is_some() { Ok(money) } else { Err(Unread::Amount) }
}

fn share(text: &str) -> Result<Decimal, Unread> {
    let percent = typed::read(text).ok_or(Unread::Number)?;
    if percent >= Decimal::ZERO && percent <= Decimal::ONE_HUNDRED { Ok(percent) } else { Err(Unread::Share) }
}

/// With or without its unit behind the number.
fn quantity(text: &str, unit: &str) -> Result<Decimal, Unread> {
    let text = text.trim();
    typed::read(units::without(text, unit)).ok_or(Unread::Number)
}

/// As a browser sends it or as officials write it.
pub(crate) fn day(text: &str) -> Result<Date, Unread> {
    let text: String = text.split_whitespace().collect();
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    let parts: Vec<Option<i16>> = text.trim_end_matches('.').split(['.', '/']).map(|part| part.parse().ok()).collect();
    let [Some(year), Some(month), Some(day)] = parts.as_slice() else { return Err(Unread::Day) };
    let small = |part: i16| i8::try_from(part).map_err(|_| Unread::Day);
    Date::new(*year, small(*month)?, small(*day)?).map_err(|_| Unread::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn won(text: &str) -> Result<String, Unread> {
        money(text, Currency::KRW).map(|money| money.amount.to_string())
    }

    #[test]
    fn amounts_are_read_as_officials_write_them() {
        for text in ["3780000000", "3,780,000,000원", "37.8억", "37억 8,000만 원", "KRW 3,780 million"] {
            assert_eq!(won(text).as_deref(), Ok("3780000000"), "{text}");
        }
        assert_eq!((won("0"), won("37,8"), won("0.5")), (Ok("0".into()), Err(Unread::Number), Err(Unread::Amount)));
        let dollars = money("12.50 USD", "USD".to_owned().try_into().unwrap());
        assert_eq!(dollars.map(|money| money.amount.to_string()), Ok("12.5".into()));
    }

    #[test]
    fn shares_quantities_and_days() {
        assert_eq!((share("30 %"), share("100"), share("0")), (Ok(30.into()), Ok(100.into()), Ok(0.into())));
        assert_eq!((share("101"), share("-1"), share("half")), (Err(Unread::Share), Err(Unread::Share), Err(Unread::Number)));
        assert_eq!((quantity("180,000 t/day", "t/day"), quantity("3", "years")), (Ok(180_000.into()), Ok(3.into())));
        assert_eq!((quantity("180,000톤/일", "t/day"), quantity("3 t", "years")), (Ok(180_000.into()), Err(Unread::Number)));
        for text in ["2000-02-29", "2000. 2. 29.", "2000.02.29"] {
            assert_eq!(day(text), Ok("2000-02-29".parse().unwrap()), "{text}");
        }
        for text in ["", "2000-02-30", "29", "2000-2", "x.y.z", "99999.1.1", "2000.400.1"] {
            assert_eq!(day(text), Err(Unread::Day), "{text}");
        }
    }
}
