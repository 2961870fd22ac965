// The figures: tiles, charts, tables, publishers.

import { Chart } from "./chart.js";
import { el, say } from "./dom.js";
import { bytes, duration, ms, percent, whole } from "./format.js";

const SOURCE_COLUMNS = ["Source", "fps", "Frames", "Dropped", "Failed", "Reopened", "Result", "Page"];
const STAGE_COLUMNS = ["Stage", "p50", "p99", "Calls"];

/** What the application measures, once a second. */
export class Figures {
  constructor() {
    this.tiles = new Map();
    this.stages = new Chart("Stage latencies, median", ms);
    this.rates = new Chart("Frames a second", (value) => value.toFixed(1));
    document.getElementById("charts").append(this.stages.element, this.rates.element);
    this.sourceTable = new Table("Sources", SOURCE_COLUMNS);
    this.stageTable = new Table("Stages", STAGE_COLUMNS);
    document.getElementById("tables").append(this.sourceTable.element, this.stageTable.element);
  }

  /** Takes the server's figures. */
  show(stats) {
    say(document.getElementById("uptime"), `${watching(stats.viewers)} · up ${duration(stats.uptime_s)}`);
    this.showTiles(stats);
    const time = Date.parse(stats.time);
    const networks = new Set(stats.stages.map((stage) => stage.network).filter(Boolean));
    const nameOf = (stage) => (networks.size > 1 && stage.network ? `${stage.network} ${stage.name}` : stage.name);
    this.stages.add(time, Object.fromEntries(stats.stages.map((stage) => [nameOf(stage), stage.p50_ms])));
    this.rates.add(time, Object.fromEntries(stats.sources.map((source) => [source.name, source.fps])));
    this.stageTable.show(stats.stages.map((stage) => [nameOf(stage), ms(stage.p50_ms), ms(stage.p99_ms), whole(stage.count)]));
    this.sourceTable.show(stats.sources.map(sourceRow));
    showPublishers(stats.publishers);
  }

  showTiles(stats) {
    const { process, machine, board } = stats;
    const results = stats.sources.map((source) => source.latency_ms.result).filter(Boolean);
    const pages = stats.sources.map((source) => source.latency_ms.page).filter(Boolean);
    const worst = (list, key) => (list.length ? Math.max(...list.map((l) => l[key])) : null);
    this.tile("Frame rate", `${sum(stats.sources, "fps").toFixed(1)} fps`, `${whole(sum(stats.sources, "dropped"))} dropped`);
    this.tile("To the result", ms(worst(results, "p50")), `p99 ${ms(worst(results, "p99"))}`);
    this.tile("To the page", ms(worst(pages, "p50")), `p99 ${ms(worst(pages, "p99"))}`);
    this.tile("Processor", percent(process.cpu), `machine ${percent(machine.cpu)}`, machine.cpu);
    const used = machine.memory_used_bytes / machine.memory_bytes;
    this.tile("Memory", bytes(process.resident_bytes), `${percent(used)} of ${bytes(machine.memory_bytes)}`, used);
    const hottest = Math.max(...board.temperatures.map((t) => t.celsius));
    const heat = board.temperatures.length ? `${Math.round(hottest)} °C` : "";
    if (board.watts !== null) {
      this.tile("Power", `${board.watts.toFixed(1)} W`, [heat, board.watts_of].filter(Boolean).join(" · "));
    } else {
      this.tile("Power", heat || "–", "not readable here");
    }
  }

  tile(name, value, more, share) {
    if (!this.tiles.has(name)) {
      const parts = { value: el("b", {}), more: el("small", {}), bar: el("i", { class: "share" }) };
      const element = el("div", { class: "tile" }, el("span", {}, name), parts.value, parts.more, parts.bar);
      document.getElementById("tiles").append(element);
      this.tiles.set(name, parts);
    }
    const parts = this.tiles.get(name);
    say(parts.value, value);
    say(parts.more, more);
    parts.bar.hidden = share === undefined;
    parts.bar.style.setProperty("--share", share ?? 0);
    parts.bar.classList.toggle("high", share > 0.9);
  }
}

/** Why the application is not as it should be, a sentence each. */
export function troublesOf(state, stats) {
  const troubles = [];
  for (const source of state?.sources ?? []) {
    if (source.state === "lost" || source.state === "stalled") {
      troubles.push(`Source ${source.name}: ${source.message || source.state}`);
    }
  }
  if (state?.model.state === "failed") {
    troubles.push(`Model: ${state.model.message}`);
  }
  for (const publisher of stats?.publishers ?? []) {
    if (publisher.message) {
      troubles.push(`${publisher.name}: ${publisher.message}`);
    }
  }
  if (stats?.clips?.message) {
    troubles.push(`Clips: ${stats.clips.message}`);
  }
  return troubles.concat(stats?.board.throttling ?? []);
}

/** A table whose cells are changed in place; scrolls sideways where it is too wide. */
class Table {
  constructor(title, columns) {
    this.body = el("tbody", {});
    const head = el("tr", {}, ...columns.map((column) => el("th", { scope: "col" }, column)));
    const table = el("table", {}, el("thead", {}, head), this.body);
    this.element = el(
      "section",
      { class: "panel" },
      el("h3", {}, title),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, table),
    );
  }

  show(rows) {
    while (this.body.children.length > rows.length) {
      this.body.lastChild.remove();
    }
    rows.forEach((cells, i) => {
      const row =
        this.body.children[i] ??
        this.body.appendChild(el("tr", {}, ...cells.map((_, c) => el(c ? "td" : "th", c ? {} : { scope: "row" }))));
      cells.forEach((cell, c) => say(row.children[c], cell));
    });
  }
}

function sourceRow(source) {
  return [
    source.name,
    source.fps.toFixed(1),
    whole(source.frames),
    whole(source.dropped),
    whole(source.failed),
    whole(source.reopened),
    ms(source.latency_ms.result?.p50),
    ms(source.latency_ms.page?.p50),
  ];
}

function showPublishers(publishers) {
  const panel = document.getElementById("publishers");
  panel.hidden = publishers.length === 0;
  const list = panel.querySelector("ul");
  while (list.children.length > publishers.length) {
    list.lastChild.remove();
  }
  publishers.forEach((publisher, i) => {
    const row = list.children[i] ?? list.appendChild(el("li", {}, el("i", { class: "dot" }), el("div", {}, el("b", {}), el("small", {}))));
    const [name, more] = row.lastChild.children;
    row.classList.toggle("bad", Boolean(publisher.message));
    say(name, `${publisher.name}: ${publisher.state}`);
    const { published, dropped, failed } = publisher;
    say(more, `${whole(published)} published, ${whole(dropped)} dropped, ${whole(failed)} failed`);
  });
}

const sum = (list, key) => list.reduce((total, item) => total + item[key], 0);
const watching = (viewers) => (viewers === 1 ? "1 viewer" : `${viewers} viewers`);
