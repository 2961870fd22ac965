// What a person who sees badly, or has large fingers, would complain about; tests evaluate this.
window.judge = {
  seen(element) {
    const area = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return area.width > 0 && area.height > 0 && style.visibility === "visible" && !element.closest("[hidden]");
  },

  /** Targets smaller than 44 by 44 CSS pixels, with their sizes. */
  small() {
    return [...document.querySelectorAll("button, select, input, nav a, [role=option]")]
      .filter(this.seen)
      .map((element) => [element, element.getBoundingClientRect()])
      .filter(([, area]) => area.width < 43.5 || area.height < 43.5)
      .map(([element, area]) => `${element.outerHTML.slice(0, 90)} ${area.width}x${area.height}`);
  },

  /** What reaches out of the window to the right. */
  wide() {
    if (document.documentElement.scrollWidth <= innerWidth) {
      return [];
    }
    return [...document.querySelectorAll("body *")]
      .filter((element) => this.seen(element) && element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.outerHTML.slice(0, 90));
  },

  /** Texts whose contrast is below what WCAG 2.1 AA asks for, with colours and ratio. */
  faint() {
    const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
    const over = (front, back) => {
      const alpha = front[3] ?? 1;
      return [0, 1, 2].map((i) => front[i] * alpha + back[i] * (1 - alpha));
    };
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
      if (!element) {
        return [255, 255, 255];
      }
      const own = numbers(getComputedStyle(element).backgroundColor);
      return (own[3] ?? 1) === 1 ? own : over(own, ground(element.parentElement));
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint = [];
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || !this.seen(element) || element.closest(":disabled, script")) {
        continue;
      }
      const style = getComputedStyle(element);
      const isSvg = element instanceof SVGElement;
      const back = ground(element);
      const front = over(numbers(isSvg ? style.fill : style.color), back);
      const [a, b] = [luminance(front), luminance(back)].sort((x, y) => y - x);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < (large ? 3 : 4.5)) {
        faint.push(`${texts.currentNode.data.trim()}: ${ratio.toFixed(2)} (${style.color} on ${back})`);
      }
    }
    return faint;
  },
};
