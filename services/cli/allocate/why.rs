//! Derivations as a text.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};
use proto::allocation::{Explanation, Step};

use super::say::Say;

/// Columns of a page.
const WIDTH: u16 = 100;

impl Say<'_> {
    /// Every number, step by step: of each component what all have in common, then each member, and in the end the totals.
    pub(super) fn why(&self, explanation: &Explanation) -> String {
        let mut out = format!("{}\n", self.word("why"));
        for (id, derivation) in &explanation.components {
            let name = self.model.components.get(id).map_or("", |component| self.named(&component.names));
            let _ = writeln!(out, "\n{name} ({id}), {}: {}", derivation.currency, self.rule(&derivation.rule));
            let _ = writeln!(out, "{}", steps(&derivation.common));
            for (member, own) in &derivation.members {
                let _ = writeln!(out, "{member}\n{}", steps(own));
            }
        }
        let _ = writeln!(out, "\n{} ({})", self.word("in_all"), explanation.currency);
        for (government, step) in &explanation.totals {
            let _ = writeln!(out, "{government}\n{}", steps(std::slice::from_ref(step)));
        }
        out
    }
}

/// Steps one below the other, numbered and wrapped.
fn steps(steps: &[Step]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    for (number, step) in steps.iter().enumerate() {
        table.add_row([format!("{:>2}.", number + 1), step.text.clone().unwrap_or_default()]);
    }
    table.trim_fmt()
}
