// Draws what was found, and lines and zones, over a picture. Units are device pixels.

import { boundsOf, certaintyOf, nameOf } from "./geometry.js";
import { colourOf, inkOn } from "./palette.js";

const HALO = "rgb(0 0 0 / 55%)";
const MARK = "#ffffff";
const HAPPENED = "#ffd84d";

/** Key points below this score are not drawn. */
const isSure = (point) => point?.score >= 0.3;

/** The pen: a canvas context, device pixels a picture's pixel, and device pixels a CSS pixel. */
export class Pen {
  constructor(context, scale, dpr) {
    this.context = context;
    this.scale = scale;
    this.dpr = dpr;
    this.fontSize = Math.round((context.canvas.width / dpr < 420 ? 11 : 12) * dpr);
  }

  /** Objects; `selected` and `active` are two of them, or undefined. */
  objects(objects, selected, active) {
    for (const object of objects) {
      this.mask(object);
    }
    for (const object of objects) {
      this.outline(object, object === selected ? 3 : 2, object === active);
      this.points(object);
    }
    // What concerns the whole picture stands below one another.
    let row = 0;
    for (const object of objects) {
      this.label(object, boundsOf(object) ? 0 : row++);
    }
  }

  mask(object) {
    if (!object.mask) {
      return;
    }
    const [x, y, width, height] = object.mask.area;
    if (width < 1 || height < 1) {
      return;
    }
    const picture = new ImageData(width, height);
    const pixels = new Uint32Array(picture.data.buffer);
    const rgb = colourOf(object).slice(1).match(/../g).map((part) => parseInt(part, 16));
    const colour = new Uint32Array(new Uint8Array([...rgb, 110]).buffer)[0];
    let at = 0;
    object.mask.runs.forEach((run, i) => {
      if (i % 2 === 1) {
        pixels.fill(colour, at, at + run);
      }
      at += run;
    });
    const layer = new OffscreenCanvas(width, height);
    layer.getContext("2d").putImageData(picture, 0, 0);
    const s = this.scale;
    this.context.drawImage(layer, x * s, y * s, width * s, height * s);
  }

  outline(object, weight, active) {
    const path = this.path(object);
    if (!path) {
      return;
    }
    this.stroke(path, (weight + 2) * this.dpr, HALO);
    this.stroke(path, weight * this.dpr, colourOf(object));
    if (active) {
      this.context.setLineDash([5 * this.dpr, 4 * this.dpr]);
      this.stroke(path, weight * this.dpr, MARK);
      this.context.setLineDash([]);
    }
  }

  path(object) {
    const s = this.scale;
    const path = new Path2D();
    if (object.polygon?.length) {
      object.polygon.forEach(([x, y], i) => (i ? path.lineTo(x * s, y * s) : path.moveTo(x * s, y * s)));
      path.closePath();
    } else if (object.box) {
      // Whole device pixels keep the edges sharp.
      const [x1, y1, x2, y2] = object.box.map((v) => Math.round(v * s));
      path.rect(x1, y1, x2 - x1, y2 - y1);
    } else {
      return null;
    }
    return path;
  }

  points(object) {
    const { context, scale, dpr } = this;
    const points = object.key_points;
    if (!points) {
      return;
    }
    const limbs = new Path2D();
    for (const [from, to] of object.limbs ?? []) {
      if (isSure(points[from]) && isSure(points[to])) {
        limbs.moveTo(points[from].x * scale, points[from].y * scale);
        limbs.lineTo(points[to].x * scale, points[to].y * scale);
      }
    }
    this.stroke(limbs, 4 * dpr, HALO);
    this.stroke(limbs, 2 * dpr, colourOf(object));
    for (const point of points.filter(isSure)) {
      const path = new Path2D();
      path.arc(point.x * scale, point.y * scale, 3 * dpr, 0, 2 * Math.PI);
      this.stroke(path, 2 * dpr, HALO);
      context.fillStyle = colourOf(object);
      context.fill(path);
    }
  }

  /** Above its object; without a place, in a row from the picture's upper edge. */
  label(object, row) {
    const colour = colourOf(object);
    const bounds = boundsOf(object);
    const height = this.plate();
    const [x, y] = bounds ? [bounds[0] * this.scale - this.dpr, bounds[1] * this.scale - height] : [0, row * height];
    const text = `${nameOf(object)}${certaintyOf(object)}${object.text ? `  “${object.text}”` : ""}`;
    this.chip(text, x, y, colour, inkOn(colour));
  }

  /** Height of the plate of a text. */
  plate() {
    return Math.round(this.fontSize * 1.5);
  }

  /** Text on a plate whose upper left corner is at (x, y), moved into the picture. */
  chip(text, x, y, colour, ink) {
    const { context, fontSize } = this;
    context.font = `600 ${fontSize}px system-ui, sans-serif`;
    context.textBaseline = "middle";
    const height = this.plate();
    const width = Math.ceil(context.measureText(text).width + fontSize * 0.8);
    const left = Math.round(Math.max(0, Math.min(x, context.canvas.width - width)));
    const top = Math.round(Math.max(0, Math.min(y, context.canvas.height - height)));
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(left, top, width, height, 3 * this.dpr);
    context.fill();
    context.fillStyle = ink;
    context.fillText(text, left + fontSize * 0.4, top + height / 2 + this.dpr * 0.5);
  }

  /**
   * Lines and zones with what was counted there.
   *
   * @param counts of each by name, or empty
   * @param happened names of those where something has just happened
   */
  scene(scene, counts, happened) {
    scene.zones.forEach((zone) => this.zone(zone, counts[zone.name], happened.has(zone.name)));
    scene.lines.forEach((line) => this.line(line, counts[line.name], happened.has(line.name)));
  }

  place([x, y]) {
    return [x * this.context.canvas.width, y * this.context.canvas.height];
  }

  zone(zone, count, happened) {
    const corners = zone.corners.map((corner) => this.place(corner));
    const path = new Path2D();
    corners.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
    path.closePath();
    this.context.fillStyle = happened ? "rgb(255 216 77 / 20%)" : "rgb(255 255 255 / 9%)";
    this.context.fill(path);
    this.mark(path, happened);
    const [x, y] = corners.reduce((low, corner) => (corner[1] - corner[0] > low[1] - low[0] ? corner : low));
    const text = count ? `${zone.name}  ${count.inside} inside · ${count.entered} entered` : zone.name;
    this.chip(text, x + 6 * this.dpr, y - this.fontSize * 1.5 - 6 * this.dpr, "rgb(12 17 24 / 82%)", MARK);
  }

  line(line, count, happened) {
    const [from, to] = [this.place(line.from), this.place(line.to)];
    const path = new Path2D();
    path.moveTo(...from);
    path.lineTo(...to);
    path.addPath(this.arrow(from, to));
    for (const [x, y] of [from, to]) {
      path.moveTo(x + 3 * this.dpr, y);
      path.arc(x, y, 3 * this.dpr, 0, 2 * Math.PI);
    }
    this.mark(path, happened);
    const text = count ? `${line.name}  in ${count.in} · out ${count.out}` : line.name;
    const high = from[1] < to[1] ? from : to;
    this.chip(text, high[0] + 8 * this.dpr, high[1] - this.fontSize * 0.75, "rgb(12 17 24 / 82%)", MARK);
  }

  /** From the middle to the right side, as seen from `from` towards `to`: the way in. */
  arrow(from, to) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [-dy / length, dx / length];
    const size = 22 * this.dpr;
    const head = 7 * this.dpr;
    const [mx, my] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const [tx, ty] = [mx + nx * size, my + ny * size];
    const path = new Path2D();
    path.moveTo(mx, my);
    path.lineTo(tx, ty);
    for (const side of [1, -1]) {
      path.moveTo(tx, ty);
      path.lineTo(tx - nx * head - side * ny * head, ty - ny * head + side * nx * head);
    }
    return path;
  }

  mark(path, happened) {
    this.stroke(path, 4.5 * this.dpr, HALO);
    this.stroke(path, 2 * this.dpr, happened ? HAPPENED : MARK);
  }

  stroke(path, width, colour) {
    this.context.lineJoin = "round";
    this.context.lineCap = "round";
    this.context.lineWidth = width;
    this.context.strokeStyle = colour;
    this.context.stroke(path);
  }
}
