// The panel with the data of one object.

import { el, icon, say } from "./dom.js";
import { clock, duration, whole } from "./format.js";
import { boundsOf, labelOf, nameOf } from "./geometry.js";
import { colourOf } from "./palette.js";

const panel = document.getElementById("object");
const FIELDS = ["Source", "Number", "Label", "Class", "Score", "Box", "Size", "First seen", "In view", "Text", "Mask", "Key points"];

/** Shows one object at a time and follows it from frame to frame. */
export class Detail {
  constructor() {
    this.view = null;
    this.title = panel.querySelector("h2");
    const close = panel.querySelector("button");
    close.append(icon("close"));
    close.addEventListener("click", () => this.close());
    panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.crop = el("canvas", { width: "232", height: "232", role: "img" });
    this.swatch = el("i", { class: "swatch" });
    this.title.before(this.swatch);
    this.values = new Map(FIELDS.map((name) => [name, el("dd", {})]));
    const list = el("dl", {});
    for (const [name, value] of this.values) {
      list.append(el("div", { hidden: true }, el("dt", {}, name), value));
    }
    panel.querySelector(".object-body").append(this.crop, list);
  }

  /** Shows an object of a source; null closes the panel. */
  select(view, object) {
    if (!object) {
      this.close();
      return;
    }
    if (this.view !== view) {
      this.view?.select(null);
    }
    this.view = view;
    if (!panel.contains(document.activeElement)) {
      this.back = document.activeElement;
    }
    view.select(object);
    panel.hidden = false;
    this.seen(view);
    panel.focus({ preventScroll: true });
  }

  close() {
    this.view?.select(null);
    this.view = null;
    if (panel.contains(document.activeElement)) {
      this.back?.focus();
    }
    panel.hidden = true;
  }

  /** Follows the object into the source's newest frame. */
  seen(view) {
    if (view !== this.view) {
      return;
    }
    const object = view.selected;
    const there = view.observation.objects.includes(object);
    panel.classList.toggle("gone", !there);
    if (there) {
      view.crop(object, this.crop);
    }
    this.swatch.style.backgroundColor = colourOf(object);
    say(this.title, nameOf(object));
    this.crop.setAttribute("aria-label", `Part of the picture with ${nameOf(object)}`);
    for (const [name, text] of Object.entries(this.texts(view, object, there))) {
      const value = this.values.get(name);
      value.parentElement.hidden = text === null;
      say(value, text ?? "");
    }
  }

  texts(view, object, there) {
    const seen = view.sightings.get(object.track_id);
    const box = boundsOf(object)?.map((v) => Math.round(v));
    const inView = seen && duration((seen.last - seen.first) / 1000);
    return {
      Source: view.name,
      Number: object.track_id === null ? "not followed" : String(object.track_id),
      Label: labelOf(object),
      Class: object.class_id < 0 ? null : String(object.class_id),
      Score: object.score.toFixed(3),
      Box: box ? `x\u00a0${box[0]}–${box[2]}, y\u00a0${box[1]}–${box[3]}` : null,
      Size: box ? `${box[2] - box[0]} × ${box[3] - box[1]} px` : null,
      "First seen": seen ? clock(seen.first) : null,
      "In view": there ? (inView ?? null) : `no longer${inView ? `, was for ${inView}` : ""}`,
      Text: object.text ?? null,
      Mask: object.mask ? `${whole(object.mask.runs.reduce((sum, run, i) => sum + (i % 2 ? run : 0), 0))} px` : null,
      "Key points": object.key_points?.length ? String(object.key_points.length) : null,
    };
  }
}
