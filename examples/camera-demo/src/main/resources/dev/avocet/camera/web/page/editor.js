// The editor of a source's lines and zones, by mouse, touch and keyboard.

import { change } from "./api.js";
import { el, icon, note, say } from "./dom.js";

const STEP = 0.005;
const LARGE_STEP = 0.05;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const clamp = (value) => Math.min(1, Math.max(0, value));

/** Edits a copy of the scene in the place of the source's list of objects, until it is saved. */
export class SceneEditor {
  /** @param end is called when the editor is left */
  constructor(view, kept, end) {
    this.view = view;
    this.kept = kept;
    this.end = end;
    this.shapes = [
      ...view.scene.lines.map((line) => ({ ...line, kind: "line", points: [line.from, line.to] })),
      ...view.scene.zones.map((zone) => ({ ...zone, kind: "zone", points: zone.corners })),
    ].map((shape) => ({ ...shape, points: shape.points.map((point) => [...point]), labels: shape.labels.join(", ") }));
    this.pending = null;
    this.cursor = [0.5, 0.5];
    this.build();
    view.editor = this;
    view.element.classList.add("editing");
    view.tools.hidden = true;
    this.refresh();
    view.element.scrollIntoView({ block: "start" });
    this.addLine.focus({ preventScroll: true });
  }

  build() {
    this.cross = el("button", { type: "button", class: "cross", hidden: true, "aria-label": "Place a point; arrow keys move it", onkeydown: (event) => this.moveCursor(event), onclick: () => this.place(this.cursor) });
    this.points = el("div", {});
    this.handles = el("div", { class: "handles" }, this.points, this.cross);
    const button = (text, action, kind = "") => el("button", { type: "button", class: kind, onclick: action }, text);
    this.addLine = button("Add line", () => this.begin("line"));
    this.addZone = button("Add zone", () => this.begin("zone"));
    this.closeZone = button("Close zone", () => this.finish());
    this.cancel = button("Cancel", () => (this.pending ? this.stop() : this.leave()));
    this.saveButton = button("Save", () => this.save(), "main");
    this.hint = el("p", { class: "said", role: "status" });
    this.rows = el("div", { class: "shapes" });
    this.panel = el(
      "div",
      { class: "editor", role: "group", "aria-label": `Lines and zones of ${this.view.name}` },
      el("div", { class: "buttons" }, this.addLine, this.addZone, this.closeZone, el("span", { class: "space" }), this.cancel, this.saveButton),
      this.hint,
      this.rows,
    );
    this.panel.addEventListener("keydown", (event) => this.escape(event));
    this.handles.addEventListener("keydown", (event) => this.escape(event));
    this.clicks = new AbortController();
    const { signal } = this.clicks;
    this.view.canvas.addEventListener("click", (event) => this.pending && this.place(this.shareOf(event)), { signal });
    this.view.canvas.addEventListener("pointermove", (event) => this.hover(this.shareOf(event)), { signal });
    this.view.stage.append(this.handles);
    this.view.element.append(this.panel);
  }

  /** Where a pointer is, as shares of the picture. */
  shareOf(event) {
    const area = this.view.canvas.getBoundingClientRect();
    return [clamp((event.clientX - area.left) / area.width), clamp((event.clientY - area.top) / area.height)];
  }

  /** The scene as it is at the moment, with what is being drawn. */
  drawn() {
    const shapes = [...this.shapes];
    if (this.pending?.points.length) {
      shapes.push({ ...this.pending, points: [...this.pending.points, this.cursor] });
    }
    return sceneOf(shapes);
  }

  begin(kind) {
    const taken = new Set(this.shapes.map((shape) => shape.name));
    let number = 1;
    while (taken.has(`${kind}-${number}`)) {
      number++;
    }
    this.pending = { kind, name: `${kind}-${number}`, points: [], labels: "", anchor: "bottom" };
    this.cursor = [0.5, 0.5];
    this.refresh();
    this.cross.focus({ preventScroll: true });
  }

  place(point) {
    this.pending.points.push(point.map((share) => Math.round(share * 10000) / 10000));
    if (this.pending.kind === "line" && this.pending.points.length === 2) {
      this.finish();
    } else {
      this.refresh();
    }
  }

  finish() {
    this.shapes.push(this.pending);
    this.stop();
    this.rows.lastChild.querySelector("input").select();
  }

  stop() {
    this.pending = null;
    this.refresh();
  }

  hover(point) {
    if (this.pending) {
      this.cursor = point;
      this.moveCross();
      this.view.repaint();
    }
  }

  moveCursor(event) {
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      this.hover(moved(this.cursor, arrow, event.shiftKey));
    }
  }

  escape(event) {
    if (event.key === "Escape" && this.pending) {
      this.stop();
      this.addLine.focus();
    }
  }

  refresh() {
    const { pending } = this;
    this.addLine.disabled = Boolean(pending);
    this.addZone.disabled = Boolean(pending);
    this.closeZone.hidden = pending?.kind !== "zone";
    this.closeZone.disabled = !pending || pending.points.length < 3;
    this.saveButton.disabled = Boolean(pending);
    this.cross.hidden = !pending;
    this.view.stage.classList.toggle("placing", Boolean(pending));
    say(this.hint, this.sentence());
    this.showHandles();
    this.rows.replaceChildren(...this.shapes.map((shape) => this.row(shape)));
    this.view.repaint();
  }

  sentence() {
    if (!this.pending) {
      return this.shapes.length
        ? "Drag the points, or move them with the arrow keys. A line's arrow shows which way counts as in."
        : "Add a line to count what crosses it, or a zone to count what enters it.";
    }
    const placed = this.pending.points.length;
    if (this.pending.kind === "line") {
      return placed ? "Click where the line ends." : "Click where the line begins. With the keyboard: arrow keys, then Enter.";
    }
    return placed < 3 ? `Click the corners of the zone, at least three; ${placed} so far.` : "Click further corners, or close the zone.";
  }

  showHandles() {
    const points = this.pending ? [] : this.shapes.flatMap((shape) => shape.points.map((point, i) => this.handle(shape, point, i)));
    this.points.replaceChildren(...points);
    this.moveCross();
  }

  moveCross() {
    position(this.cross, this.cursor);
  }

  handle(shape, point, i) {
    const what = shape.kind === "zone" ? `corner ${i + 1}` : ["start", "end"][i];
    const handle = el("button", { type: "button", class: "handle", "aria-label": `${shape.name}, ${what}; arrow keys move it` });
    position(handle, point);
    const move = (to) => {
      [point[0], point[1]] = to.map((share) => Math.round(share * 10000) / 10000);
      position(handle, point);
      this.view.repaint();
    };
    handle.addEventListener("pointerdown", (event) => handle.setPointerCapture(event.pointerId));
    handle.addEventListener("pointermove", (event) => handle.hasPointerCapture(event.pointerId) && move(this.shareOf(event)));
    handle.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (arrow) {
        event.preventDefault();
        move(moved(point, arrow, event.shiftKey));
      } else if (event.key === "Delete" && shape.kind === "zone" && shape.points.length > 3) {
        shape.points.splice(i, 1);
        this.refresh();
        this.addZone.focus({ preventScroll: true });
      }
    });
    return handle;
  }

  row(shape) {
    const field = (text, input) => el("label", {}, el("span", {}, text), input);
    const name = el("input", { value: shape.name, required: true, maxlength: "60", autocomplete: "off", oninput: () => this.edit(shape, "name", name.value) });
    const labels = el("input", { value: shape.labels, placeholder: "all", autocomplete: "off", oninput: () => this.edit(shape, "labels", labels.value) });
    const anchors = [["bottom", "Foot of the box"], ["centre", "Centre of the box"]];
    const anchor = el("select", { onchange: () => this.edit(shape, "anchor", anchor.value) }, ...anchors.map(([value, text]) => el("option", { value, selected: value === shape.anchor }, text)));
    const turn = el("button", { type: "button", onclick: () => this.turn(shape), "aria-label": `Turn ${shape.name} round` }, "Turn round");
    const remove = el("button", { type: "button", class: "tool", "aria-label": `Delete ${shape.name}`, onclick: () => this.remove(shape) }, icon("delete"));
    const buttons = shape.kind === "line" ? [turn, remove] : [remove];
    return el(
      "fieldset",
      {},
      el("legend", {}, shape.kind === "line" ? "Line" : "Zone"),
      field("Name", name),
      field("Only these labels", labels),
      field("What counts", anchor),
      el("div", { class: "buttons" }, ...buttons),
    );
  }

  edit(shape, key, value) {
    shape[key] = value;
    this.view.repaint();
  }

  turn(shape) {
    shape.points.reverse();
    this.refresh();
  }

  remove(shape) {
    this.shapes.splice(this.shapes.indexOf(shape), 1);
    this.refresh();
    this.addLine.focus();
  }

  async save() {
    const names = this.shapes.map((shape) => shape.name.trim());
    if (names.some((name) => !name) || new Set(names).size < names.length) {
      say(this.hint, "Each line and zone needs a name of its own.");
      return;
    }
    try {
      await change("PUT", `api/sources/${encodeURIComponent(this.view.name)}/scene`, sceneOf(this.shapes));
    } catch (failure) {
      say(this.hint, failure.message);
      return;
    }
    note(this.kept ? `Saved for ${this.view.name}.` : `${this.view.name} counts so until the application ends: it has no file to keep it in.`);
    this.view.scene = sceneOf(this.shapes);
    this.leave();
  }

  leave() {
    this.clicks.abort();
    this.handles.remove();
    this.panel.remove();
    this.view.stage.classList.remove("placing");
    this.view.element.classList.remove("editing");
    this.view.tools.hidden = false;
    this.view.editor = null;
    this.view.repaint();
    this.view.editButton.focus();
    this.end();
  }
}

/** What the server takes. */
function sceneOf(shapes) {
  const common = (shape) => ({
    name: shape.name.trim(),
    labels: shape.labels.split(",").map((label) => label.trim()).filter(Boolean),
    anchor: shape.anchor,
  });
  return {
    lines: shapes.filter((shape) => shape.kind === "line").map((shape) => ({ ...common(shape), from: shape.points[0], to: shape.points[1] })),
    zones: shapes.filter((shape) => shape.kind === "zone").map((shape) => ({ ...common(shape), corners: shape.points })),
  };
}

function moved(point, arrow, far) {
  return point.map((share, i) => clamp(share + arrow[i] * (far ? LARGE_STEP : STEP)));
}

function position(element, [x, y]) {
  element.style.left = `${x * 100}%`;
  element.style.top = `${y * 100}%`;
}
