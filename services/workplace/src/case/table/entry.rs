//! Numbers, amounts and days as people type them: `3,780,000,000`, `37.8억`, `37억 8,000만원`, `30 %`, `2000. 2. 29.`. What can be read in two ways is not
//! read at all.

use jiff::civil::Date;
use proto::money::{Currency, Money};
use rust_decimal::Decimal;

/// Why something typed is not what the field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// No number.
    Number,
    /// A comma that separates no thousands.
    Comma,
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
            Self::Comma => "table-unread-comma",
            Self::Amount => "table-unread-amount",
            Self::Share => "table-unread-share",
            Self::Day => "table-unread-day",
        }
    }
}

/// Without blanks, in the digits of ASCII, whatever keyboard they were typed on.
fn plain(text: &str) -> String {
    let letter = |letter: char| match letter {
        '０'..='９' => char::from_digit(u32::from(letter) - u32::from('０'), 10).unwrap_or(letter),
        '，' => ',',
        '．' => '.',
        '％' => '%',
        '−' | '－' | '–' => '-',
        other => other,
    };
    text.chars().filter(|letter| !letter.is_whitespace()).map(letter).collect()
}

/// A number with or without separators of thousands.
pub(crate) fn number(text: &str) -> Result<Decimal, Unread> {
    digits(&plain(text))
}

fn digits(text: &str) -> Result<Decimal, Unread> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(whole, fraction)| (whole, Some(fraction)));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(&whole.replace(',', "")) || !fraction.is_none_or(all_digits) {
        return Err(if fraction.is_some_and(|fraction| fraction.contains(',')) { Unread::Comma } else { Unread::Number });
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    if rest.peek().is_some() && (first.is_empty() || first.len() > 3 || rest.any(|group| group.len() != 3)) {
        return Err(Unread::Comma);
    }
    text.replace([',', '+'], "").parse().map_err(|_| Unread::Number)
}

/// An amount of money, with or without its currency, also counted in 조, 억, 만, 천 or in millions.
pub(crate) fn money(text: &str, currency: Currency) -> Result<Money, Unread> {
    let text = plain(text).to_lowercase();
    let code = currency.to_string().to_lowercase();
    let text = text.strip_prefix(&code).or_else(|| text.strip_suffix(&code)).unwrap_or(&text);
    let text = text.strip_prefix('₩').or_else(|| text.strip_suffix('원')).unwrap_or(text);
    let (sign, unsigned) = text.strip_prefix('-').map_or((Decimal::ONE, text), |unsigned| (Decimal::NEGATIVE_ONE, unsigned));
    let amount = in_words(unsigned)?.checked_mul(sign).ok_or(Unread::Amount)?;
    let money = Money { amount, currency }.normalized();
    if money.units().is_some() { Ok(money) } else { Err(Unread::Amount) }
}

fn in_words(text: &str) -> Result<Decimal, Unread> {
    if text.contains(['-', '+']) {
        return Err(Unread::Number);
    }
    for (word, count) in [("million", 1_000_000_i64), ("billion", 1_000_000_000)] {
        if let Some(text) = text.strip_suffix(word) {
            return digits(text)?.checked_mul(count.into()).ok_or(Unread::Amount);
        }
    }
    let (mut total, mut group, mut rest) = (Decimal::ZERO, Decimal::ZERO, text);
    let (mut last_large, mut last_small) = (i64::MAX, i64::MAX);
    while let Some(at) = rest.find(|letter| large(letter).or(small(letter)).is_some()) {
        let (count, unit) = rest.split_at(at);
        let mut letters = unit.chars();
        let Some(unit) = letters.next() else { break };
        rest = letters.as_str();
        let add = |sum: Decimal, count: Decimal, of: i64| sum.checked_add(count.checked_mul(of.into())?);
        if let Some(of) = small(unit).filter(|of| *of < last_small) {
            let count = if count.is_empty() { Decimal::ONE } else { digits(count)? };
            group = add(group, count, of).ok_or(Unread::Amount)?;
            last_small = of;
        } else if let Some(of) = large(unit).filter(|of| *of < last_large) {
            let count = if count.is_empty() && !group.is_zero() { Decimal::ZERO } else { digits(count)? };
            let all = group.checked_add(count).ok_or(Unread::Amount)?;
            (total, group) = (add(total, all, of).ok_or(Unread::Amount)?, Decimal::ZERO);
            (last_large, last_small) = (of, i64::MAX);
        } else {
            return Err(Unread::Number);
        }
    }
    let said = last_large < i64::MAX || last_small < i64::MAX;
    let ones = if rest.is_empty() && said { Decimal::ZERO } else { digits(rest)? };
    total.checked_add(group).and_then(|sum| sum.checked_add(ones)).ok_or(Unread::Amount)
}

fn large(letter: char) -> Option<i64> {
    match letter {
        '조' => Some(1_000_000_000_000),
        '억' => Some(100_000_000),
        '만' => Some(10_000),
        _ => None,
    }
}

fn small(letter: char) -> Option<i64> {
    match letter {
        '천' => Some(1000),
        '백' => Some(100),
        '십' => Some(10),
        _ => None,
    }
}

/// A share in percent.
pub(crate) fn share(text: &str) -> Result<Decimal, Unread> {
    let text = plain(text);
    let percent = digits(text.strip_suffix('%').or_else(|| text.strip_suffix("퍼센트")).unwrap_or(&text))?;
    if percent >= Decimal::ZERO && percent <= Decimal::ONE_HUNDRED { Ok(percent) } else { Err(Unread::Share) }
}

/// How much of a unit, with or without it behind the number.
pub(crate) fn quantity(text: &str, unit: &str) -> Result<Decimal, Unread> {
    let text = plain(text);
    digits(text.strip_suffix(&plain(unit)).unwrap_or(&text))
}

/// A day, as a browser sends it or as officials write it.
pub(crate) fn day(text: &str) -> Result<Date, Unread> {
    let text = plain(text);
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    let parts: Vec<i16> = text.trim_end_matches('.').split(['.', '-', '/']).map_while(|part| part.parse().ok()).collect();
    let [year, month, day] = parts.as_slice() else { return Err(Unread::Day) };
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
        for text in ["3780000000", "3,780,000,000", "3,780,000,000원", "37.8억", "37.8억원", "37억 8,000만 원", "37억8천만원", "₩3,780,000,000"] {
            assert_eq!(won(text).as_deref(), Ok("3780000000"), "{text}");
        }
        for text in ["KRW 3,780 million", "3.78 billion", "３７．８억"] {
            assert_eq!(won(text).as_deref(), Ok("3780000000"), "{text}");
        }
        assert_eq!((won("0"), won("-2만"), won("천"), won("1조 2억")), (Ok("0".into()), Ok("-20000".into()), Ok("1000".into()), Ok("1000200000000".into())));
    }

    #[test]
    fn what_is_no_amount_or_could_be_two_is_not_read() {
        for text in ["", "억", "abc", "37.8.1", "1만 2억", "3억억", "12,34,567x", "원", "--3", "1억-3", "∞", "1e9"] {
            assert!(won(text).is_err(), "{text}");
        }
        assert_eq!((won("37,8"), won("1234,567"), won("1.5,0")), (Err(Unread::Comma), Err(Unread::Comma), Err(Unread::Comma)));
        assert_eq!((won("0.5"), won("99999999999999999999999조")), (Err(Unread::Amount), Err(Unread::Amount)));
        let dollars = money("12.50", "USD".to_owned().try_into().unwrap());
        assert_eq!(dollars.map(|money| money.amount.to_string()), Ok("12.5".into()));
    }

    #[test]
    fn shares_quantities_and_days() {
        assert_eq!((share("30 %"), share("30％"), share("100"), share("0")), (Ok(30.into()), Ok(30.into()), Ok(100.into()), Ok(0.into())));
        assert_eq!((share("101"), share("-1"), share("half")), (Err(Unread::Share), Err(Unread::Share), Err(Unread::Number)));
        assert_eq!((quantity("180,000 t/day", "t/day"), quantity("3", "years")), (Ok(180_000.into()), Ok(3.into())));
        assert_eq!(number("1,234.5").map(|n| n.to_string()), Ok("1234.5".into()));
        for text in ["2000-02-29", "2000. 2. 29.", "2000.02.29"] {
            assert_eq!(day(text), Ok("2000-02-29".parse().unwrap()), "{text}");
        }
        for text in ["", "2000-02-30", "29", "2000-2", "x-y-z", "99999-1-1", "2000-400-1"] {
            assert_eq!(day(text), Err(Unread::Day), "{text}");
        }
    }
}
