// Boxes and points, in pixels of the upright picture.

/** `[x1, y1, x2, y2]` around an object, or null where it concerns the whole picture. */
export function boundsOf(object) {
  if (object.box) {
    return object.box;
  }
  if (!object.polygon?.length) {
    return null;
  }
  const xs = object.polygon.map((point) => point[0]);
  const ys = object.polygon.map((point) => point[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);

/** Shared area of two boxes as a share of what they cover together, 0 to 1. */
export function overlap(a, b) {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) {
    return 0;
  }
  return (width * height) / (area(a) + area(b) - width * height);
}

/**
 * The smallest object at a point, or undefined: what lies in front is mostly smaller. Where there is
 * none, one that is at most `margin` away: fingers are wide.
 */
export function objectAt(objects, x, y, margin) {
  const around = (by) =>
    objects
      .filter((object) => {
        const box = boundsOf(object);
        return box && x >= box[0] - by && x <= box[2] + by && y >= box[1] - by && y <= box[3] + by;
      })
      .sort((a, b) => area(boundsOf(a)) - area(boundsOf(b)))[0];
  return around(0) ?? around(margin);
}

/**
 * The same object in another frame: by the number of its track, else the one of its class that
 * covers its place best.
 */
export function sameObject(objects, object) {
  if (object.track_id !== null) {
    return objects.find((other) => other.track_id === object.track_id);
  }
  const box = boundsOf(object);
  if (!box) {
    return objects.find((other) => !boundsOf(other) && other.class_id === object.class_id);
  }
  let best;
  let most = 0.3;
  for (const other of objects) {
    const bounds = boundsOf(other);
    if (bounds && other.class_id === object.class_id && overlap(bounds, box) > most) {
      best = other;
      most = overlap(bounds, box);
    }
  }
  return best;
}

/** The name of an object's class; a model without names has numbers only. */
export function labelOf(object) {
  return object.label === String(object.class_id) ? `class ${object.class_id}` : object.label;
}

/** How sure the model is of an object, after its name; a map of classes does not say. */
export function certaintyOf(object) {
  return object.mask && !boundsOf(object) ? "" : ` ${Math.round(object.score * 100)}%`;
}

/** What people call an object: its label, with the number of its track. */
export function nameOf(object) {
  const label = labelOf(object);
  return object.track_id === null ? label : `#${object.track_id} ${label}`;
}
