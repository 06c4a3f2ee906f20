//! Numbers as offices write them: with commas between thousands, signs of a currency, digits of full width, and `△` for what is below zero.

use proto::money::{Currency, Money};
use proto::table::Fault;
use rust_decimal::Decimal;

use super::rows::{Cell, Content, narrow};

/// A spreadsheet keeps so many digits.
const KEPT: f64 = 1e15;
/// Signs of currencies, and whose they can be.
const SIGNS: [(&str, &[&str]); 11] = [
    ("₩", &["KRW"]),
    ("￦", &["KRW"]),
    ("원", &["KRW"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("￡", &["GBP"]),
    ("¥", &["JPY", "CNY"]),
    ("￥", &["JPY", "CNY"]),
    ("円", &["JPY"]),
    ("元", &["CNY"]),
];
/// Words for amounts that are not in whole units.
const UNITS: [&str; 8] = ["천원", "만원", "백만", "억", "thousand", "million", "billion", "'000"];

/// A figure of zero or more.
pub(super) fn figure(cell: &Cell) -> Result<Decimal, Fault> {
    let number = match &cell.content {
        Content::Text(text) => decimal(&narrow(text), cell)?,
        Content::Number(number) => kept(*number, cell)?,
        Content::Date => return Err(Fault::Date { at: cell.at.clone() }),
        Content::Error(error) => return Err(Fault::Formula { at: cell.at.clone(), text: error.clone() }),
        Content::Truth(_) => return Err(no_number(cell)),
    };
    if number < Decimal::ZERO { Err(Fault::Negative { at: cell.at.clone(), text: cell.shown() }) } else { Ok(number) }
}

/// An amount of a currency, in whole units of it.
pub(super) fn money(cell: &Cell, currency: Currency) -> Result<Money, Fault> {
    let amount = match &cell.content {
        Content::Text(text) => {
            let text = without_currency(&narrow(text), cell, currency)?;
            figure(&Cell { content: Content::Text(text), ..cell.clone() }).map_err(|fault| in_full(fault, cell))?
        }
        Content::Number(_) | Content::Truth(_) | Content::Date | Content::Error(_) => figure(cell)?,
    };
    let money = Money { amount, currency };
    money.units().map(|_| money).ok_or_else(|| Fault::TooFine { at: cell.at.clone(), text: cell.shown() })
}

/// What the head of a column of money says of its currency and unit, if that is another than the table's.
pub(super) fn head(cell: &Cell, currency: Currency) -> Result<(), Fault> {
    let word = cell.word();
    if UNITS.iter().any(|unit| word.contains(unit)) {
        return Err(Fault::OtherUnit { at: cell.at.clone(), text: cell.shown() });
    }
    let inside = cell.shown().split_once('(').and_then(|(_, rest)| Some(rest.split_once(')')?.0.trim().to_owned()));
    inside.map_or(Ok(()), |inside| if names(&inside, currency) == Some(false) { Err(other(cell, currency)) } else { Ok(()) })
}

/// Whether a word or sign names this currency; none where it names none.
fn names(word: &str, currency: Currency) -> Option<bool> {
    if let Ok(named) = Currency::try_from(word.to_ascii_uppercase()) {
        return Some(named == currency);
    }
    let (_, whose) = SIGNS.iter().find(|(sign, _)| *sign == word)?;
    Some(whose.contains(&currency.to_string().as_str()))
}

fn without_currency(text: &str, cell: &Cell, currency: Currency) -> Result<String, Fault> {
    let digit = |c: char| c.is_ascii_digit();
    if !text.contains(digit) {
        // A word alone is no amount of a currency of that name.
        return Ok(text.to_owned());
    }
    let before = text.find(digit).unwrap_or(text.len());
    let behind = text.rfind(digit).map_or(before, |last| last + 1);
    let (head, number, tail) = (text.get(..before), text.get(before..behind), text.get(behind..));
    let mut kept = String::new();
    for (part, between) in [(head, number), (tail, None)] {
        let is_sign = |c: char| matches!(c, '-' | '+' | '(' | ')' | '△' | '▲' | '.' | ',' | ' ');
        let part = part.unwrap_or_default();
        let word: String = part.chars().filter(|c| !is_sign(*c)).collect();
        match if word.is_empty() { Some(true) } else { names(&word, currency) } {
            Some(true) => kept.extend(part.chars().filter(|c| is_sign(*c))),
            Some(false) => return Err(other(cell, currency)),
            None => kept.push_str(part),
        }
        kept.push_str(between.unwrap_or_default());
    }
    Ok(kept.trim().to_owned())
}

/// A number with a word for thousands or more behind it is no misspelt number.
fn in_full(fault: Fault, cell: &Cell) -> Fault {
    let word = cell.word();
    let Content::Text(text) = &cell.content else { return fault };
    let unit = word.chars().any(|c| c.is_ascii_digit()) && (UNITS.iter().any(|unit| word.contains(unit)) || text.contains(['만', '천']));
    match fault {
        Fault::NotANumber { at, text } if unit => Fault::OtherUnit { at, text },
        fault => fault,
    }
}

fn other(cell: &Cell, currency: Currency) -> Fault {
    Fault::OtherCurrency { at: cell.at.clone(), text: cell.shown(), currency }
}

fn no_number(cell: &Cell) -> Fault {
    Fault::NotANumber { at: cell.at.clone(), text: cell.shown() }
}

/// A number of a spreadsheet, with the 15 digits that it shows.
fn kept(number: f64, cell: &Cell) -> Result<Decimal, Fault> {
    if !number.is_finite() {
        return Err(no_number(cell));
    }
    if number.abs() >= KEPT {
        return Err(Fault::TooManyDigits { at: cell.at.clone() });
    }
    Decimal::from_scientific(&format!("{number:.14e}")).map(|number| number.normalize()).or(Ok(Decimal::ZERO))
}

/// A text as a number: digits, commas between groups of three, a point before decimals.
fn decimal(text: &str, cell: &Cell) -> Result<Decimal, Fault> {
    let (sign, digits) = match text.strip_prefix(['-', '△', '▲']) {
        Some(rest) => ("-", rest.trim()),
        None => match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(rest) => ("-", rest.trim()),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        },
    };
    let like_a_number =
        digits.chars().any(|c| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\''));
    if !like_a_number {
        return Err(no_number(cell));
    }
    let separator = || Fault::Separator { at: cell.at.clone(), text: cell.shown() };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    let whole_fits = is_number(first) && (!grouped || first.len() <= 3) && groups.all(|group| group.len() == 3 && is_number(group));
    if !whole_fits || !is_number(fraction) {
        return Err(separator());
    }
    format!("{sign}{}.{fraction}", whole.replace(',', "")).parse::<Decimal>().map(|number| number.normalize()).map_err(|_| no_number(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(content: Content) -> Cell {
        Cell { column: 1, at: "B2".into(), content }
    }

    fn read(text: &str) -> Result<String, Fault> {
        money(&cell(Content::Text(text.into())), Currency::KRW).map(|money| money.amount.to_string())
    }

    #[test]
    fn amounts_are_read_as_offices_write_them() {
        for text in
            ["1234567", "1,234,567", "１，２３４，５６７", "₩1,234,567", "1,234,567원", "KRW 1,234,567", "1,234,567.00", " 1234567 "]
        {
            assert_eq!(read(text).unwrap(), "1234567", "{text}");
        }
        assert_eq!(read("123456789012345678").unwrap(), "123456789012345678");
    }

    #[test]
    fn a_separator_that_can_be_misread_is_said_to_be_one() {
        for text in ["1.234,5", "1.234.567", "1234,5", "12,34,567", "1 234 567", "1,234,56"] {
            assert!(matches!(read(text), Err(Fault::Separator { .. })), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn what_is_no_amount_of_the_currency_is_told_apart() {
        let at = || "B2".to_owned();
        let currency = Currency::KRW;
        for text in ["$100", "USD 100", "100 EUR", "100円"] {
            assert_eq!(read(text), Err(Fault::OtherCurrency { at: at(), text: text.into(), currency }), "{text}");
        }
        for text in ["△100", "-100", "(100)", "－１００"] {
            assert!(matches!(read(text), Err(Fault::Negative { .. })), "{text}");
        }
        for text in ["15억원", "15억", "3천원", "2백만원"] {
            assert!(matches!(read(text), Err(Fault::OtherUnit { .. })), "{text}: {:?}", read(text));
        }
        for text in ["about 5", "TBD", "abc", "USD"] {
            assert!(matches!(read(text), Err(Fault::NotANumber { .. })), "{text}: {:?}", read(text));
        }
        assert!(matches!(read("0.5"), Err(Fault::TooFine { .. })));
    }

    #[test]
    fn numbers_of_spreadsheets_have_fifteen_digits() {
        let number = |number| figure(&cell(Content::Number(number))).map(|number| number.to_string());
        assert_eq!(number(0.1 + 0.2).unwrap(), "0.3");
        assert_eq!(number(999_999_999_999_999.0).unwrap(), "999999999999999");
        assert_eq!(number(1e15), Err(Fault::TooManyDigits { at: "B2".into() }));
        assert!(matches!(number(f64::NAN), Err(Fault::NotANumber { .. })));
        assert_eq!(number(1e-300).unwrap(), "0");
    }
}
