// Draws the tables marked with data-chart ("bars" or "lines"); the table stays, behind a summary.
//
// The first column names the place on the axis, every further column with data-series is one series; a cell's number is its data-value.
import { axisX, axisY, barY, dot, gridY, line, plot, ruleY } from "@observablehq/plot";

const colours = ["var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--series-4)", "var(--series-5)", "var(--series-6)"];

function rows(table) {
  const series = [...table.tHead.rows[0].cells].map((cell) => (cell.dataset.series === undefined ? null : cell.textContent.trim()));
  return [...table.tBodies[0].rows].flatMap((row) => {
    const at = row.cells[0].dataset.value ?? row.cells[0].textContent.trim();
    return [...row.cells].flatMap((cell, column) =>
      series[column] && cell.dataset.value !== undefined ? [{ at, series: series[column], value: Number(cell.dataset.value) }] : [],
    );
  });
}

function draw(table) {
  const data = rows(table);
  const lines = table.dataset.chart === "lines";
  const dated = lines && data.every((row) => /^\d{4}-\d\d-\d\d/.test(row.at));
  const points = dated ? data.map((row) => ({ ...row, at: new Date(row.at) })) : data;
  const say = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" });
  const marks = lines
    ? [line(points, { x: "at", y: "value", stroke: "series", curve: "step-after", strokeWidth: 2 }), dot(points, { x: "at", y: "value", fill: "series" })]
    : [barY(points, { fx: "at", x: "series", y: "value", fill: "series" }), ruleY([0])];
  const drawing = plot({
    className: "drawn",
    ariaLabel: table.caption?.textContent.trim(),
    width: Number(table.dataset.width ?? 640),
    height: Number(table.dataset.height ?? 240),
    marginLeft: 56,
    color: { domain: [...new Set(data.map((row) => row.series))], range: colours, legend: true },
    x: lines ? { label: null } : { axis: null },
    fx: { label: null },
    y: { label: null },
    marks: [gridY(), axisY({ tickFormat: (value) => say.format(value), ticks: 5 }), ...(lines ? [axisX({ ticks: 5, label: null })] : []), ...marks],
  });
  // The policy of the pages allows no style elements; what they say stands in our stylesheet.
  for (const style of drawing.querySelectorAll("style")) style.remove();
  const figure = document.createElement("figure");
  figure.className = "chart";
  figure.append(drawing);
  // A table behind a summary stays there; its picture does not.
  (table.closest("details") ?? table).before(figure);
}

for (const table of document.querySelectorAll("table[data-chart]")) draw(table);
