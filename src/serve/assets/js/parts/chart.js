// A line chart: one series, its scale in round numbers, each point readable.

import { s } from "../core/dom.js";
import { number } from "../core/format.js";

const WIDTH = 560;
const HEIGHT = 320;
const MARGIN = { left: 58, right: 18, top: 34, bottom: 44 };

/** `points`: `{x, y, here}` by increasing x; `mark` names the points that are `here`. */
export function lineChart(points, { xLabel, yLabel, mark }) {
  const xs = scale(points.map((point) => point.x), MARGIN.left, WIDTH - MARGIN.right, 8);
  const ys = scale(points.map((point) => point.y), HEIGHT - MARGIN.bottom, MARGIN.top, 6);
  const line = points.map((point, index) => `${index ? "L" : "M"}${xs.at(point.x)} ${ys.at(point.y)}`).join("");
  const summary = `De ${number(points[0].x, 1)} à ${number(points.at(-1).x, 1)} ${xLabel}, de ${number(points[0].y, 1)} à ${number(points.at(-1).y, 1)} ${yLabel}.`;
  return s("svg", { class: "graphique", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": summary },
    ys.ticks.map((tick) => [
      s("line", { class: "grille-graphique", x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: ys.at(tick), y2: ys.at(tick) }),
      s("text", { x: MARGIN.left - 8, y: ys.at(tick) + 4, "text-anchor": "end" }, number(tick, 1)),
    ]),
    xs.ticks.map((tick) => s("text", { x: xs.at(tick), y: HEIGHT - MARGIN.bottom + 18, "text-anchor": "middle" }, number(tick, 1))),
    s("text", { x: WIDTH - MARGIN.right, y: HEIGHT - 6, "text-anchor": "end", class: "axe" }, xLabel),
    s("text", { x: 4, y: 12, class: "axe" }, yLabel),
    s("path", { class: "courbe", d: line }),
    points.map((point) => dot(point, xs.at(point.x), ys.at(point.y), mark)));
}

function dot(point, x, y, mark) {
  const text = s("title", {}, `${number(point.x, 2)} : ${number(point.y, 1)}`);
  if (!point.here) return s("circle", { class: "point", cx: x, cy: y, r: 3.5 }, text);
  return [
    s("rect", { class: "point-ici", x: x - 5, y: y - 5, width: 10, height: 10 }, text),
    s("text", { x, y: y + 24, "text-anchor": "middle", class: "ici" }, mark),
  ];
}

/** A linear scale from the values to pixels, widened to round ticks. */
function scale(values, from, to, most) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = roundStep((high - low || Math.abs(high) || 1) / most);
  const [start, end] = [Math.floor(low / step) * step, Math.max(Math.ceil(high / step) * step, Math.floor(low / step) * step + step)];
  const ticks = [];
  for (let tick = start; tick <= end + step / 2; tick += step) ticks.push(Math.round(tick * 1e6) / 1e6);
  return { ticks, at: (value) => Math.round((from + ((value - start) / (end - start)) * (to - from)) * 10) / 10 };
}

/** The least of 1, 2, 5 times a power of ten that is at least `step`. */
function roundStep(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 5, 10].map((times) => times * power).find((round) => round >= step * 0.999);
}
