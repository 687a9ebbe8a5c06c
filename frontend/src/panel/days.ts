/** Days and clock times of the house, whatever zone the browser is in. */

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Returns the minutes by which a zone is ahead of UTC at a moment. */
export function offsetAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)!.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return Math.round((wall - Math.floor(moment / MINUTE) * MINUTE) / MINUTE);
}

/** Returns ISO 8601 with an offset in minutes: "2026-11-22T17:00:00+01:00". */
export function isoAt(moment: number, offset: number): string {
  const sign = offset < 0 ? "-" : "+";
  const two = (number: number): string => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const wall = new Date(moment + offset * MINUTE).toISOString().slice(0, 19);
  return `${wall}${sign}${two(offset / 60)}:${two(offset % 60)}`;
}

/** Returns the minutes of the offset at the end of an ISO time. */
export function offsetOf(iso: string): number {
  const match = /([+-])(\d\d):?(\d\d)$/.exec(iso);
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** Returns the day of a moment in a zone: "2026-11-22". */
export const dayOf = (moment: number, zone: string): string =>
  isoAt(moment, offsetAt(moment, zone)).slice(0, 10);

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Returns when a day of a zone begins; days of a clock change are 23 or 25 hours long. */
export function startOf(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - offsetAt(midnight, zone) * MINUTE;
  return midnight - offsetAt(guess, zone) * MINUTE;
}

/**
 * Returns the true moment behind a time that the player read from a recording's picture:
 * it takes the clock of the device for that of the browser.
 */
export function trueMoment(believedSeconds: number, deviceOffset: number): number {
  const browser = -new Date(believedSeconds * 1000).getTimezoneOffset();
  return believedSeconds * 1000 + (browser - deviceOffset) * MINUTE;
}
