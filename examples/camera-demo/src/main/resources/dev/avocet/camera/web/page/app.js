// The page: connects the pieces.

import { begin } from "./access.js";
import { Clips } from "./clips.js";
import { Detail } from "./detail.js";
import { el, icon, note, say } from "./dom.js";
import { SceneEditor } from "./editor.js";
import { Figures, troublesOf } from "./figures.js";
import { Live } from "./live.js";
import { ModelPanel } from "./model.js";
import { SourceView } from "./source.js";

begin();
beginTheme();

const views = new Map();
const detail = new Detail();
const figures = new Figures();
const model = new ModelPanel();
const clips = new Clips();
const banner = document.getElementById("banner");
let state = null;
let stats = null;
let editor = null;

const live = new Live({ frame: takeFrame, state: takeState, stats: takeStats, status: showConnection });
banner.querySelector("button").addEventListener("click", () => live.now());

const actions = {
  drawn: (source, frame) => live.drawn(source, frame),
  select: (view, object) => detail.select(view, object),
  seen: (view) => detail.seen(view),
  record: (name) => clips.record(name),
  edit: (view) => {
    editor?.leave();
    editor = new SceneEditor(view, state.writable_config, () => {
      editor = null;
    });
  },
};

function takeState(next) {
  const before = state;
  state = next;
  const grid = document.getElementById("sources");
  for (const source of state.sources) {
    if (!views.has(source.name)) {
      const view = new SourceView(source.name, actions);
      views.set(source.name, view);
      grid.append(view.element);
    }
    views.get(source.name).state(source, state.clips);
    const was = before?.sources.find((other) => other.name === source.name)?.state;
    if (was && was !== source.state) {
      note(`${source.name} is ${source.state}. ${source.message ?? ""}`, source.state === "live" ? "info" : "wrong");
    }
  }
  for (const [name, view] of views) {
    if (!state.sources.some((source) => source.name === name)) {
      view.element.remove();
      views.delete(name);
    }
  }
  live.watch([...views.keys()]);
  model.state(state);
  clips.state(state);
  const running = document.getElementById("running");
  running.hidden = false;
  say(running.firstChild, `${state.model.name} on ${state.model.device}`);
  showSources();
  showTroubles();
}

function takeStats(next) {
  stats = next;
  stats.sources.forEach((source) => views.get(source.name)?.figures(source));
  figures.show(stats);
  clips.stats(stats);
  showTroubles();
}

function takeFrame(observation, jpeg) {
  views.get(observation.source)?.frame(observation, jpeg);
}

function showConnection(status, seconds, reason) {
  banner.hidden = status === "open" || (status === "connecting" && !state);
  document.body.classList.toggle("offline", !banner.hidden);
  if (status === "waiting") {
    say(banner.firstElementChild, `${reason} Trying again in ${Math.ceil(seconds)} s.`);
    pill("lost", "Offline");
  } else if (status === "connecting") {
    say(banner.firstElementChild, "Connecting again …");
    pill("connecting", "Connecting");
  } else {
    showSources();
  }
}

function showSources() {
  const all = state?.sources ?? [];
  const here = all.filter((source) => source.state === "live").length;
  pill(here === all.length ? "live" : "connecting", `${here} of ${all.length} live`);
}

function pill(kind, text) {
  const connection = document.getElementById("connection");
  connection.dataset.state = kind;
  say(connection.lastElementChild, text);
}

function showTroubles() {
  const troubles = troublesOf(state, stats);
  const panel = document.getElementById("troubles");
  panel.hidden = troubles.length === 0;
  const list = panel.querySelector("ul");
  if (list.dataset.shown !== troubles.join("\n")) {
    list.dataset.shown = troubles.join("\n");
    list.replaceChildren(...troubles.map((trouble) => el("li", {}, trouble)));
  }
}

/** The switch between dark and light; until it is used the system's wish counts. */
function beginTheme() {
  const button = document.getElementById("theme");
  const wish = matchMedia("(prefers-color-scheme: dark)");
  const now = () => document.documentElement.dataset.theme ?? (wish.matches ? "dark" : "light");
  const show = () => {
    button.setAttribute("aria-label", now() === "dark" ? "Light theme" : "Dark theme");
    button.title = button.getAttribute("aria-label");
  };
  button.append(icon("theme"));
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = now() === "dark" ? "light" : "dark";
    localStorage.setItem("avocet.theme", now());
    show();
  });
  wish.addEventListener("change", show);
  show();
}
