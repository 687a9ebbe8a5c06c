import type { Clock } from "./clock";

const MINUTE = 60_000;
/** The shortest stretch that the timeline shows. */
export const SHORTEST_MS = 10 * MINUTE;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360].map((minutes) => minutes * MINUTE);
const TICKS_AT_MOST = 6;

/** A stretch of time in epoch milliseconds. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

export const lengthOf = (range: Range): number => range.end - range.begin;

export const isIn = (range: Range, moment: number): boolean =>
  range.begin <= moment && moment <= range.end;

/** Returns a range of the same length that lies within the whole. */
function within(range: Range, whole: Range): Range {
  const length = Math.min(lengthOf(range), lengthOf(whole));
  const begin = Math.max(whole.begin, Math.min(range.begin, whole.end - length));
  return { begin, end: begin + length };
}

/** Returns a range longer by a factor, in which a moment keeps its place. */
export function zoomed(range: Range, whole: Range, factor: number, around: number): Range {
  const wanted = Math.round(lengthOf(range) * factor);
  const length = Math.min(Math.max(wanted, SHORTEST_MS), lengthOf(whole));
  const share = (around - range.begin) / lengthOf(range);
  const begin = Math.round(around - share * length);
  return within({ begin, end: begin + length }, whole);
}

export const moved = (range: Range, whole: Range, by: number): Range =>
  within({ begin: range.begin + by, end: range.end + by }, whole);

/** Returns clock times to write below a range, with where they belong in percent. */
export function ticks(
  range: Range,
  dayBegin: number,
  clock: Clock,
): { readonly place: number; readonly text: string }[] {
  const step = STEPS.find((one) => lengthOf(range) / one <= TICKS_AT_MOST) ?? STEPS.at(-1)!;
  const found = [];
  const first = Math.ceil((range.begin - dayBegin) / step) * step + dayBegin;
  for (let at = first; at <= range.end; at += step) {
    const place = (100 * (at - range.begin)) / lengthOf(range);
    found.push({ place, text: clock.minute(at) });
  }
  return found;
}
