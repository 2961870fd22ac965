// The list of clips.

import { change, get } from "./api.js";
import { el, icon, note, say } from "./dom.js";
import { bytes, duration } from "./format.js";

const list = document.getElementById("clips-list");
const said = document.getElementById("clips-said");
const dialog = document.getElementById("clip-dialog");
const video = dialog.querySelector("video");

/** Shows, plays and deletes clips, and asks for new ones. */
export class Clips {
  constructor() {
    this.rows = new Map();
    const close = dialog.querySelector("button");
    close.append(icon("close"));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      video.removeAttribute("src");
      video.load();
    });
  }

  /** Takes the state: whether clips are recorded at all. */
  state(state) {
    this.on = state.clips;
    if (!this.on) {
      say(said, "No clips are recorded: the configuration names no folder for them.");
    }
  }

  /** Looks at the list anew where the figures of clips have changed. */
  stats(stats) {
    const figures = JSON.stringify(stats.clips);
    if (this.on && figures !== this.figures) {
      this.figures = figures;
      this.refresh();
    }
  }

  async refresh() {
    try {
      const clips = await get("api/clips");
      this.show(clips);
      say(said, clips.length ? "" : "None yet. They are recorded around events, or with the button below a picture.");
    } catch (failure) {
      say(said, failure.message);
    }
  }

  /** Rows of clips that stay keep their place, and with it the focus. */
  show(clips) {
    const rows = new Map();
    for (const clip of clips) {
      const key = JSON.stringify(clip);
      rows.set(key, this.rows.get(key) ?? this.row(clip));
    }
    for (const [key, row] of this.rows) {
      if (!rows.has(key)) {
        row.remove();
      }
    }
    [...rows.values()].forEach((row, i) => {
      if (list.children[i] !== row) {
        list.insertBefore(row, list.children[i] ?? null);
      }
    });
    this.rows = rows;
  }

  row(clip) {
    const begun = new Date(clip.begun).toLocaleString([], { dateStyle: "short", timeStyle: "medium", hour12: false });
    const title = `${clip.source}, ${begun}`;
    return el(
      "li",
      {},
      el("button", { type: "button", class: "tool", "aria-label": `Play ${title}`, onclick: () => this.play(clip, title) }, icon("play")),
      el("div", {}, el("b", {}, title), el("small", {}, [duration(clip.seconds), bytes(clip.bytes), eventsOf(clip)].join(" · "))),
      el("button", { type: "button", class: "tool", "aria-label": `Delete ${title}`, onclick: () => this.remove(clip) }, icon("delete")),
    );
  }

  play(clip, title) {
    say(document.getElementById("clip-title"), title);
    video.src = `api/clips/${encodeURIComponent(clip.name)}`;
    dialog.showModal();
  }

  async remove(clip) {
    await this.attempt("DELETE", `api/clips/${encodeURIComponent(clip.name)}`, "The clip is deleted.");
    this.refresh();
  }

  /** Records a clip of a source now. */
  record(source) {
    return this.attempt("POST", `api/sources/${source}/clip`, `A clip of ${source} is being recorded.`);
  }

  async attempt(method, path, done) {
    try {
      await change(method, path);
      note(done);
    } catch (failure) {
      note(failure.message, "wrong");
    }
  }
}

const eventsOf = ({ events }) => (events === 1 ? "1 event" : `${events} events`);
