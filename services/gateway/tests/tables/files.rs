//! Files as programs write them.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An XLSX with one sheet, `Costs`; `=` begins a formula, digits a number.
pub(crate) fn workbook(rows: &[&[&str]], more: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Costs").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) if text.starts_with('=') => sheet.write_formula(row, column, Formula::new(text).set_result("#REF!")).unwrap(),
                Err(_) => sheet.write_string(row, column, *text).unwrap(),
            };
        }
    }
    more(sheet);
    book.save_to_buffer().unwrap()
}

/// A ZIP of parts.
pub(crate) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        let method = if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(part).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An ODS with one sheet, `Costs`, of these rows.
pub(crate) fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Costs"><table:table-column table:number-columns-repeated="16384"/>{rows}<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"></manifest:manifest>"#;
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// A row of an ODS.
pub(crate) fn row(cells: &[&str]) -> String {
    let cell = |text: &&str| match text.parse::<f64>() {
        Ok(number) => format!(r#"<table:table-cell office:value-type="float" office:value="{number}"/>"#),
        Err(_) => format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#),
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

/// An XLS (BIFF8) with one sheet, `Costs`. It announces to reach to `dimensions` (rows, columns).
pub(crate) fn old_workbook(rows: &[(&str, f64)], dimensions: (u32, u16)) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat();
    let begin = |kind: u16| record(0x0809, &[&0x0600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat());
    let name = b"Costs";
    let bound = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, u8::try_from(name.len()).unwrap(), 0], name].concat());
    let at = begin(5).len() + bound(0).len() + record(0x0a, &[]).len();
    let mut stream = [begin(5), bound(u32::try_from(at).unwrap()), record(0x0a, &[]), begin(0x10)].concat();
    let (last_row, last_column) = dimensions;
    stream.extend(record(0x0200, &[&[0; 4][..], &last_row.to_le_bytes(), &[0; 2], &last_column.to_le_bytes(), &[0; 2]].concat()));
    for (row, (set, cost)) in (0_u16..).zip(rows) {
        let place = |column: u16| [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
        let label = [&place(0)[..], &u16::try_from(set.len()).unwrap().to_le_bytes(), &[0], set.as_bytes()].concat();
        stream.extend(record(0x0204, &label));
        stream.extend(record(0x0203, &[&place(1)[..], &cost.to_le_bytes()].concat()));
    }
    stream.extend(record(0x0a, &[]));
    compound("Workbook", &stream)
}

/// A compound file with one stream.
pub(crate) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(name).unwrap().write_all(stream).unwrap();
    file.into_inner().into_inner()
}
