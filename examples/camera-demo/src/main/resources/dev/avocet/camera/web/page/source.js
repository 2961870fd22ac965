// One source: its picture with what was found, its figures, the list of its objects.

import { el, icon, say } from "./dom.js";
import { Pen } from "./draw.js";
import { ms, whole } from "./format.js";
import { boundsOf, objectAt, sameObject } from "./geometry.js";
import { ObjectList } from "./objects.js";

const STATES = { live: "Live", connecting: "Connecting", lost: "Lost", stalled: "Stalled" };
const HAPPENED_MS = 800;
const FORGET_MS = 60_000;
const FINGER_PX = 20;

/** A card on the page. */
export class SourceView {
  /**
   * @param actions `drawn(source, frame)`, `seen(view)` after each frame, `select(view, object)`,
   *     `record(name)`, `edit(view)`
   */
  constructor(name, actions) {
    this.name = name;
    this.actions = actions;
    this.scene = { lines: [], zones: [] };
    this.sightings = new Map();
    this.happened = new Map();
    this.observation = null;
    this.bitmap = null;
    this.selected = null;
    this.build();
    new ResizeObserver(() => this.fit()).observe(this.stage);
  }

  build() {
    this.status = el("span", { class: "state" });
    this.fps = el("b", {}, "–");
    this.latency = el("b", {}, "–");
    this.dropped = el("b", {}, "0");
    this.canvas = el("canvas", { role: "img", "aria-label": `Picture of ${this.name}` });
    this.canvas.addEventListener("click", (event) => this.click(event));
    this.message = el("p", { class: "lost", hidden: true });
    this.stage = el("div", { class: "stage" }, this.canvas, this.message);
    this.list = new ObjectList(this.name, {
      choose: (object) => this.actions.select(this, object),
      changed: () => this.repaint(),
    });
    this.editButton = el(
      "button",
      { type: "button", class: "tool", title: "Lines and zones", "aria-label": `Edit lines and zones of ${this.name}`, onclick: () => this.actions.edit(this) },
      icon("scene"),
    );
    this.recordButton = el(
      "button",
      { type: "button", class: "tool", title: "Record a clip now", "aria-label": `Record a clip of ${this.name} now`, onclick: () => this.actions.record(this.name) },
      icon("record"),
    );
    this.tools = el("div", { class: "under" }, this.list.element, this.editButton, this.recordButton);
    this.element = el(
      "article",
      { class: "source", "aria-label": `Source ${this.name}`, "data-source": this.name },
      el(
        "header",
        {},
        el("h2", {}, this.name),
        this.status,
        el(
          "p",
          { class: "numbers" },
          el("span", { title: "Frames a second" }, this.fps, " fps"),
          el("span", { title: "From decoded frame to result, median" }, this.latency),
          el("span", { title: "Frames that were passed over" }, this.dropped, " dropped"),
        ),
      ),
      this.stage,
      this.tools,
    );
  }

  /** Takes the source's part of the state. */
  state(source, clips) {
    this.scene = source.scene;
    this.element.dataset.state = source.state;
    say(this.status, STATES[source.state] ?? source.state);
    const lost = source.state !== "live";
    this.message.hidden = !lost;
    say(this.message, lost ? source.message || STATES[source.state] : "");
    this.recordButton.hidden = !clips;
    this.shape(source.width, source.height);
    this.repaint();
  }

  /** Takes the source's part of the figures. */
  figures(source) {
    say(this.fps, source.fps.toFixed(1));
    say(this.latency, ms(source.latency_ms.result?.p50));
    say(this.dropped, whole(source.dropped));
  }

  /** Shows a frame at the next repaint of the screen and says so. */
  async frame(observation, jpeg) {
    let bitmap = null;
    try {
      bitmap = await createImageBitmap(jpeg);
    } catch {
      // A damaged picture: the last one stays, and the next frame may be sent.
      this.actions.drawn(observation.source, observation.frame);
      return;
    }
    requestAnimationFrame(() => {
      this.bitmap?.close();
      this.bitmap = bitmap;
      this.take(observation);
      this.paint();
      this.actions.drawn(observation.source, observation.frame);
    });
  }

  take(observation) {
    const now = Date.parse(observation.time);
    if (this.observation && observation.frame < this.observation.frame) {
      this.sightings.clear();
    }
    this.observation = observation;
    this.shape(observation.width, observation.height);
    for (const object of observation.objects) {
      if (object.track_id !== null) {
        const seen = this.sightings.get(object.track_id) ?? { first: now };
        seen.last = now;
        this.sightings.set(object.track_id, seen);
      }
    }
    for (const [id, seen] of this.sightings) {
      if (now - seen.last > FORGET_MS) {
        this.sightings.delete(id);
      }
    }
    observation.events.forEach((event) => this.happened.set(event.name, performance.now()));
    if (this.selected) {
      this.selected = sameObject(observation.objects, this.selected) ?? this.selected;
    }
    this.list.show(observation.objects);
    this.actions.seen(this);
  }

  /** Selects an object, or none. */
  select(object) {
    this.selected = object;
    this.list.select(object);
    this.repaint();
  }

  shape(width, height) {
    if (width > 0 && height > 0) {
      this.stage.style.setProperty("--ratio", width / height);
    }
  }

  fit() {
    const dpr = devicePixelRatio;
    const width = Math.round(this.stage.clientWidth * dpr);
    const height = Math.round(this.stage.clientHeight * dpr);
    if (width !== this.canvas.width || height !== this.canvas.height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.paint();
    }
  }

  repaint() {
    if (!this.waiting) {
      this.waiting = requestAnimationFrame(() => this.paint());
    }
  }

  paint() {
    this.waiting = 0;
    const { canvas, observation } = this;
    if (!observation || !canvas.width) {
      return;
    }
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(this.bitmap, 0, 0, canvas.width, canvas.height);
    const pen = new Pen(context, canvas.width / observation.width, devicePixelRatio);
    if (this.editor) {
      pen.scene(this.editor.drawn(), {}, new Set());
      return;
    }
    const { objects } = observation;
    pen.objects(objects, objects.find((o) => o === this.selected), this.list.active());
    pen.scene(this.scene, observation.counts, this.justHappened());
  }

  justHappened() {
    const since = performance.now() - HAPPENED_MS;
    return new Set([...this.happened].filter(([, time]) => time > since).map(([name]) => name));
  }

  click(event) {
    if (this.editor || !this.observation) {
      return;
    }
    const scale = this.observation.width / this.canvas.clientWidth;
    const [x, y] = [event.offsetX * scale, event.offsetY * scale];
    const object = objectAt(this.observation.objects, x, y, FINGER_PX * scale);
    this.actions.select(this, object ?? null);
  }

  /** Copies an object's part of the picture into another canvas, as large as fits. */
  crop(object, target) {
    const box = boundsOf(object);
    const scale = this.bitmap.width / this.observation.width;
    const [x1, y1, x2, y2] = box ?? [0, 0, this.observation.width, this.observation.height];
    const [width, height] = [Math.max(1, (x2 - x1) * scale), Math.max(1, (y2 - y1) * scale)];
    const shrink = Math.min(target.width / width, target.height / height);
    const context = target.getContext("2d");
    context.clearRect(0, 0, target.width, target.height);
    const [w, h] = [width * shrink, height * shrink];
    context.drawImage(this.bitmap, x1 * scale, y1 * scale, width, height, (target.width - w) / 2, (target.height - h) / 2, w, h);
  }
}
