// The objects of a source as a list, for the keyboard and for screen readers.

import { el, say } from "./dom.js";
import { certaintyOf, nameOf, sameObject } from "./geometry.js";
import { colourOf } from "./palette.js";

const EVERY_MS = 250;
const MOST = 40;

/** A list box: arrow keys move through the objects, Enter shows the data of one. */
export class ObjectList {
  /** @param actions `choose(object)`, and `changed()` when another object is pointed at */
  constructor(source, actions) {
    this.source = source;
    this.actions = actions;
    this.objects = [];
    this.pointed = null;
    this.shown = 0;
    this.element = el("ul", {
      class: "objects",
      role: "listbox",
      tabindex: "0",
      "aria-label": `Objects at ${source}`,
      onkeydown: (event) => this.key(event),
      onfocus: () => this.point(this.active() ?? this.objects[0]),
      onblur: () => this.point(null),
    });
  }

  /** Takes the objects of a frame; the list follows four times a second. */
  show(objects) {
    this.objects = [...objects].sort((a, b) => (a.track_id ?? Infinity) - (b.track_id ?? Infinity) || 0).slice(0, MOST);
    if (performance.now() - this.shown > EVERY_MS) {
      this.shown = performance.now();
      this.render();
    }
  }

  /** The object that the keyboard points at, in the newest frame, or undefined. */
  active() {
    return this.pointed ? sameObject(this.objects, this.pointed) : undefined;
  }

  /** Marks the object whose data is shown. */
  select(object) {
    this.chosen = object;
    this.render();
  }

  render() {
    while (this.element.children.length > this.objects.length) {
      this.element.lastChild.remove();
    }
    const active = this.active();
    const chosen = this.chosen && sameObject(this.objects, this.chosen);
    this.element.removeAttribute("aria-activedescendant");
    this.objects.forEach((object, i) => {
      const option = this.element.children[i] ?? this.element.appendChild(this.option(i));
      option.firstChild.style.backgroundColor = colourOf(object);
      say(option.lastChild, nameOf(object) + certaintyOf(object));
      option.setAttribute("aria-selected", String(object === chosen));
      option.classList.toggle("active", object === active);
      if (object === active) {
        this.element.setAttribute("aria-activedescendant", option.id);
      }
    });
  }

  option(i) {
    return el(
      "li",
      { role: "option", id: `object-${this.source}-${i}`, onclick: () => this.actions.choose(this.objects[i]) },
      el("i", {}),
      el("span", {}),
    );
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = this.objects.indexOf(this.active());
    if (step && this.objects.length) {
      event.preventDefault();
      this.point(this.objects[(at + step + this.objects.length) % this.objects.length]);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      this.point(this.objects.at(event.key === "Home" ? 0 : -1));
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      event.preventDefault();
      this.actions.choose(this.objects[at]);
    }
  }

  point(object) {
    this.pointed = object ?? null;
    this.render();
    this.element.querySelector(".active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.actions.changed();
  }
}
