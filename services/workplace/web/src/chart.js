// Draws the tables marked with data-chart ("bars" or "lines"); the table stays, behind a summary.
//
// The first column names the place on the axis, every further column with data-series is one series; a cell's number is its data-value.
// A column with data-bound is no series of events but a limit: its line is dashed.
import { axisX, axisY, barY, dot, gridY, line, plot, ruleY } from "@observablehq/plot";

const colours = ["var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--series-4)", "var(--series-5)", "var(--series-6)"];

// What each column is a series of, in their order; null where it is none.
function series(table) {
  return [...table.tHead.rows[0].cells].map((cell) => (cell.dataset.series === undefined ? null : cell.dataset.series || cell.textContent.trim()));
}

function rows(table) {
  const bound = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.bound !== undefined);
  const names = series(table);
  return [...table.tBodies[0].rows].flatMap((row) => {
    const at = row.cells[0].dataset.value ?? row.cells[0].textContent.trim();
    return [...row.cells].flatMap((cell, column) =>
      names[column] && cell.dataset.value !== undefined ? [{ at, series: names[column], value: Number(cell.dataset.value), bound: bound[column] }] : [],
    );
  });
}

// Days of a few months are told apart by day, those of years by month.
function dayFormat(times) {
  const long = Math.max(...times) - Math.min(...times) > 150 * 86_400_000;
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...(long ? { year: "2-digit", month: "short" } : { month: "short", day: "numeric" }), timeZone: "UTC" });
}

function draw(table) {
  const data = rows(table);
  const drawnNames = new Set(data.map((row) => row.series));
  const names = series(table).filter((name) => drawnNames.has(name));
  const lines = table.dataset.chart === "lines";
  const dated = lines && data.every((row) => /^\d{4}-\d\d-\d\d/.test(row.at));
  const points = dated ? data.map((row) => ({ ...row, at: new Date(row.at) })) : data;
  const days = dayFormat(dated ? points.map((point) => point.at.getTime()) : []);
  const say = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 2 });
  // The series is said outright: of few points Plot would doubt that it is one, and write its doubt into the picture.
  const marks = lines
    ? [
        line(points.filter((point) => !point.bound), { x: "at", y: "value", z: "series", stroke: "series", curve: "step-after", strokeWidth: 2 }),
        line(points.filter((point) => point.bound), { x: "at", y: "value", z: "series", stroke: "series", strokeDasharray: "5 4", strokeWidth: 2 }),
        dot(points, { x: "at", y: "value", z: "series", fill: "series", symbol: "series", r: 4 }),
      ]
    : [barY(points, { fx: "at", x: "series", y: "value", fill: "series" }), ruleY([0])];
  const drawing = plot({
    className: "drawn",
    ariaLabel: table.caption?.textContent.trim(),
    width: Number(table.dataset.width ?? 640),
    height: Number(table.dataset.height ?? 240),
    marginLeft: 56,
    color: { domain: names, range: colours, legend: !lines },
    // Lines are told apart by the shapes of their points, too.
    ...(lines ? { symbol: { domain: names, legend: true } } : {}),
    // In the order of the table, not of the alphabet.
    x: lines ? { label: null, ...(dated ? {} : { type: "point", domain: [...new Set(data.map((row) => row.at))] }) } : { axis: null, domain: names },
    fx: { label: null, domain: [...new Set(data.map((row) => row.at))] },
    y: { label: null },
    marks: [gridY(), axisY({ tickFormat: (value) => say.format(value), ticks: 5 }), ...(lines ? [axisX({ ticks: 4, label: null, ...(dated ? { tickFormat: (day) => days.format(day) } : {}) })] : []), ...marks],
  });
  // The policy of the pages allows no style elements; what they say stands in our stylesheet.
  for (const style of drawing.querySelectorAll("style")) style.remove();
  // The drawing has one name; groups inside it have no role that could carry another.
  for (const group of drawing.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  const figure = document.createElement("figure");
  figure.className = "chart";
  figure.append(drawing);
  // A table behind a summary stays there; its picture does not.
  (table.closest("details") ?? table).before(figure);
  return figure;
}

// What is drawn of which table, and what it said then.
const drawn = new Map();

// Bars of one body, or of nothing at all, say no more than the table.
function tells(table) {
  const data = rows(table);
  return table.dataset.chart === "lines" || (new Set(data.map((row) => row.at)).size > 1 && data.some((row) => row.value !== 0));
}

function drawAll() {
  for (const [table, { figure, said }] of drawn) {
    if (table.isConnected && table.innerHTML === said) continue;
    figure.remove();
    drawn.delete(table);
  }
  for (const table of document.querySelectorAll("table[data-chart]")) {
    if (!drawn.has(table) && tells(table)) drawn.set(table, { figure: draw(table), said: table.innerHTML });
  }
}

drawAll();
document.addEventListener("refreshed", drawAll);
