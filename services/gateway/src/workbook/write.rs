//! From grids to the bytes of a workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet};

use super::cells::{Content, Grid, Look};

/// Width of the first column, in characters.
const NAMES: u32 = 30;
/// Width of the others.
const FIGURES: u32 = 20;

/// Writes the sheets in their order.
pub(super) fn write(grids: impl Iterator<Item = Grid>) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    // The day of writing is no part of what is written: the same model gives the same bytes.
    let always = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&always));
    for grid in grids {
        sheet(workbook.add_worksheet(), &grid)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn sheet(sheet: &mut Worksheet, grid: &Grid) -> anyhow::Result<()> {
    sheet.set_name(&*grid.name)?;
    let last = grid.cells.iter().map(|(_, column, ..)| *column).max().unwrap_or_default();
    for column in 0..=last {
        sheet.set_column_width(column, if column == 0 { NAMES } else { FIGURES })?;
    }
    for (row, column, content, look) in &grid.cells {
        let format = format(*look);
        match content {
            // Written as a string whatever it begins with: no text of anybody's becomes a formula.
            Content::Text(text) if matches!(look, Look::Money(_) | Look::Exact(_) | Look::Sum(_)) => {
                sheet.write_string_with_format(*row, *column, text, &format.set_align(FormatAlign::Right))?
            }
            Content::Text(text) => sheet.write_string_with_format(*row, *column, text, &format)?,
            Content::Number(number) => sheet.write_number_with_format(*row, *column, *number, &format)?,
            Content::Formula(text, result) => {
                sheet.write_formula_with_format(*row, *column, Formula::new(text).set_result(result), &format)?
            }
        };
    }
    Ok(())
}

fn format(look: Look) -> Format {
    let plain = Format::new();
    match look {
        Look::Plain => plain,
        Look::Title => plain.set_bold().set_font_size(13),
        Look::Head => plain.set_bold().set_text_wrap(),
        Look::Money(digits) => plain.set_num_format(money(digits)),
        Look::Exact(digits) => plain.set_num_format(money(digits + 4)).set_font_color(0x0055_5555),
        Look::Percent => plain.set_num_format("0.00"),
        Look::Sum(digits) => plain.set_bold().set_num_format(money(digits)),
    }
}

fn money(digits: u32) -> String {
    let zeros = "0".repeat(usize::try_from(digits).unwrap_or_default());
    if zeros.is_empty() { "#,##0".to_owned() } else { format!("#,##0.{zeros}") }
}
