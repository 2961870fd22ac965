// Lines over the last two minutes.

import { el, say, svg } from "./dom.js";

const SECONDS = 120;
const HEIGHT = 150;
const LEFT = 34;
const BOTTOM = 18;
const GAP_MS = 3500;

/** The axis goes up to this or further. */
const LEAST = 1;

/** A small chart with a legend that has the newest values. */
export class Chart {
  /** @param format turns a value into text with its unit */
  constructor(title, format) {
    this.title = title;
    this.format = format;
    this.series = new Map();
    this.picture = svg("svg", { role: "img", height: HEIGHT });
    this.legend = el("ul", { class: "legend" });
    this.element = el("section", { class: "panel chart" }, el("h3", {}, title), this.picture, this.legend);
    new ResizeObserver(() => this.render()).observe(this.element);
  }

  /** Adds a value of each series at a time in milliseconds. */
  add(time, values) {
    for (const [name, value] of Object.entries(values)) {
      if (!this.series.has(name)) {
        const text = el("b", {});
        const colour = `s${this.series.size % 6}`;
        this.legend.append(el("li", {}, el("i", { class: colour }), name, " ", text));
        this.series.set(name, { points: [], colour, text });
      }
      const series = this.series.get(name);
      series.points.push([time, value]);
      say(series.text, this.format(value));
    }
    this.now = time;
    for (const [name, { points, text }] of this.series) {
      while (points.length && points[0][0] < time - SECONDS * 1000) {
        points.shift();
      }
      if (!points.length) {
        text.parentElement.remove();
        this.series.delete(name);
      }
    }
    this.render();
  }

  render() {
    const width = this.picture.clientWidth;
    if (!width || !this.now) {
      return;
    }
    const all = [...this.series.values()].flatMap((series) => series.points.map((p) => p[1]));
    const highest = Math.max(LEAST, ...all);
    const step = niceStep(highest / 3);
    const most = step * Math.ceil(highest / step);
    const x = (time) => LEFT + (width - LEFT - 6) * (1 - (this.now - time) / (SECONDS * 1000));
    const y = (value) => 8 + (HEIGHT - BOTTOM - 8) * (1 - value / most);
    const parts = [];
    for (let value = 0; value <= most + step / 2; value += step) {
      parts.push(svg("path", { class: "rule", d: `M${LEFT} ${Math.round(y(value)) + 0.5}H${width}` }));
      const label = svg("text", { x: LEFT - 6, y: y(value) + 3.5, "text-anchor": "end" });
      label.textContent = String(+value.toFixed(3));
      parts.push(label);
    }
    for (const [ago, text, anchor] of [[120, "2 min ago", "start"], [60, "1 min", "middle"], [0, "now", "end"]]) {
      const label = svg("text", { x: x(this.now - ago * 1000), y: HEIGHT - 4, "text-anchor": anchor });
      label.textContent = text;
      parts.push(label);
    }
    for (const { points, colour } of this.series.values()) {
      parts.push(svg("path", { class: `line ${colour}`, d: pathOf(points, x, y) }));
    }
    this.picture.replaceChildren(...parts);
    const newest = [...this.series].map(([name, { text }]) => `${name} ${text.textContent}`).join(", ");
    this.picture.setAttribute("aria-label", `${this.title}, the last two minutes. Now: ${newest}`);
  }
}

/** Where nothing was heard for a while the line is broken. */
function pathOf(points, x, y) {
  return points
    .map(([time, value], i) => {
      const begins = i === 0 || time - points[i - 1][0] > GAP_MS;
      return `${begins ? "M" : "L"}${x(time).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function niceStep(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= step * 0.999);
}
