// Makes and changes elements. Nothing here takes HTML: what comes from the server is text only.

/** An element with attributes (`class`, `aria-label`, …), listeners (`onclick`) and children. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** An element of SVG. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** One of the page's symbols, for the eye only. */
export function icon(name) {
  return svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `#i-${name}` }));
}

/** Writes text where it differs: what has not changed is not read out again. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Shows a sentence for some seconds; screen readers read it out. */
export function note(text, kind = "info") {
  const shown = el("p", { class: `note ${kind}` }, text);
  document.getElementById("notes").append(shown);
  setTimeout(() => shown.remove(), kind === "wrong" ? 9000 : 5000);
}
