// Numbers as people read them.

/** Milliseconds, or a dash. */
export function ms(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** A share as a percentage. */
export const percent = (share) => `${Math.round(share * 100)} %`;

/** Bytes in a unit of 1000. */
export function bytes(value) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Seconds as the two largest units that apply. */
export function duration(seconds) {
  const s = Math.floor(seconds);
  if (s < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min ${s % 60} s`;
  }
  if (s < 86400) {
    return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  }
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

/** The time of day of an ISO date. */
export const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour12: false });

/** A whole number with spaces between thousands. */
export const whole = (value) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
