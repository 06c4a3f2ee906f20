//! Three members in a picture: the triangle of all ways to share what is saved, the core in it, and where each rule stands.

use proto::allocation::{Model, Point, Triangle};
use proto::id::GovernmentId;
use rust_decimal::prelude::ToPrimitive as _;

use super::grid::{Cell, Grid, Row};
use super::{Lab, words};
use crate::locale;

/// The side of the triangle, in units of the drawing.
const SIDE: f64 = 320.0;
/// Its height: √3 ÷ 2 of the side.
const HEIGHT: f64 = 277.128;
/// Where its left lower corner lies, and how large the drawing is: with room for names, and for rules that stand outside.
const LEFT: f64 = 120.0;
const BOTTOM: f64 = 330.0;
const WIDTH: f64 = 560.0;
const DEPTH: f64 = 380.0;

/// The picture, ready to be drawn.
pub(super) struct Picture {
    /// The corners as `x,y x,y x,y`.
    pub outline: String,
    /// The corners of the core likewise; empty where it is empty or but a point.
    pub core: String,
    pub corners: Vec<Mark>,
    pub rules: Vec<Mark>,
    /// What the picture shows, as a table.
    pub table: Grid,
}

/// Something at a place of the picture.
pub(super) struct Mark {
    pub x: String,
    pub y: String,
    pub text: String,
    /// `own`, `core` or nothing; of a corner where its name begins.
    pub class: &'static str,
}

impl Picture {
    /// None where nothing is saved: then there is nothing to draw.
    pub fn of(lab: &Lab, model: &Model, of: &Triangle) -> Option<Self> {
        let members: Vec<&GovernmentId> = of.corners.keys().collect();
        let corners = [(LEFT, BOTTOM), (LEFT + SIDE, BOTTOM), (LEFT + SIDE / 2.0, BOTTOM - HEIGHT)];
        let named = |(member, ((x, y), class)): (&&GovernmentId, (&(f64, f64), &'static str))| {
            let y = if class == "middle" { y - 12.0 } else { y + 24.0 };
            Mark { x: digits(*x), y: digits(y), text: lab.called(member), class }
        };
        let place = |point: &Point| place(&members, &corners, point);
        let mut rules: Vec<Mark> = Vec::new();
        for (number, rule) in (1..).zip(&of.rules) {
            let (x, y) = place(&rule.point)?;
            // The picture ends somewhere; the table does not.
            let (x, y) = (digits(x.clamp(14.0, WIDTH - 14.0)), digits(y.clamp(14.0, DEPTH - 14.0)));
            let class = match (number, rule.in_core) {
                (1, _) => "own",
                (_, true) => "core",
                (_, false) => "",
            };
            match rules.iter_mut().find(|mark| (&mark.x, &mark.y) == (&x, &y)) {
                Some(mark) => mark.text = format!("{}, {number}", mark.text),
                None => rules.push(Mark { x, y, text: number.to_string(), class }),
            }
        }
        let core: Vec<String> = of.core.iter().filter_map(place).map(|(x, y)| format!("{},{}", digits(x), digits(y))).collect();
        Some(Self {
            outline: corners.map(|(x, y)| format!("{},{}", digits(x), digits(y))).join(" "),
            core: if core.len() > 2 { core.join(" ") } else { String::new() },
            corners: members.iter().zip(corners.iter().zip(["end", "start", "middle"])).map(named).collect(),
            rules,
            table: table(lab, model, of, &members),
        })
    }
}

/// Where a point lies: the mean of the corners, weighed by its parts.
fn place(members: &[&GovernmentId], corners: &[(f64, f64); 3], point: &Point) -> Option<(f64, f64)> {
    let at = point.at.as_ref()?;
    let mut place = (0.0, 0.0);
    for (member, (x, y)) in members.iter().zip(corners) {
        let weight = at.get(*member)?.decimal.to_f64()?;
        place = (place.0 + weight * x, place.1 + weight * y);
    }
    Some(place)
}

fn digits(number: f64) -> String {
    format!("{number:.1}")
}

fn table(lab: &Lab, model: &Model, of: &Triangle, members: &[&GovernmentId]) -> Grid {
    let visit = lab.visit();
    let mut head = vec![visit.t("sheet-rule")];
    head.extend(members.iter().map(|member| lab.called(member)));
    head.push(visit.t("lab-core"));
    let mut grid = Grid::new(visit.with("lab-triangle-of", "currency", &locale::currency(visit.language, of.currency)), head);
    for (number, rule) in (1..).zip(&of.rules) {
        let name = format!("{number}. {}", words::rule(visit, model, &rule.rule));
        let mut cells = vec![Cell::text(name).to(format!("/rules/{}", rule.rule.kind().name()))];
        let share = |member: &&GovernmentId| rule.point.shares.get(*member).map(|of| of.decimal.round_dp(of_cents(of.decimal.scale())));
        cells.extend(members.iter().map(|member| Cell::number(share(member).map(locale::number).unwrap_or_default())));
        cells.push(Cell::number(visit.t(if rule.in_core { "lab-yes" } else { "lab-no" })));
        grid.rows.push(Row::new(cells));
    }
    grid
}

/// Not more digits than the smallest unit of most currencies has.
fn of_cents(scale: u32) -> u32 {
    scale.min(2)
}
