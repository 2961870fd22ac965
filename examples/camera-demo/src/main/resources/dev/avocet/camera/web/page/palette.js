// Colours of objects: those of dev.avocet.core.Palette, by track where there is one, else by class.

const OBJECTS = [
  "#ff4b4b", "#2fbf71", "#2d7ff9", "#ffb020", "#a259ff", "#00b8d9", "#ff7a1a", "#e0349c",
  "#8bc34a", "#5c6bc0", "#f6d32d", "#009688", "#b5651d", "#64b5f6", "#d32f2f", "#9e9e9e",
];

/** The colour of an object, `#rrggbb`. */
export function colourOf(object) {
  const id = object.track_id ?? Math.max(0, object.class_id ?? 0);
  return OBJECTS[id % OBJECTS.length];
}

/** Black or white, whichever is easier to read on the colour. */
export function inkOn(colour) {
  const linear = (i) => {
    const c = parseInt(colour.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
  return luminance > 0.179 ? "#000000" : "#ffffff";
}
