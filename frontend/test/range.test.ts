import { describe, expect, it } from "vitest";
import { clockOf } from "../src/panel/clock";
import { DAY } from "../src/panel/days";
import { lengthOf, moved, SHORTEST_MS, ticks, zoomed } from "../src/panel/range";
import type { Hass } from "../src/shared/hass";

const HOUR = DAY / 24;
const BEGIN = Date.parse("2026-11-21T23:00:00Z");
const day = { begin: BEGIN, end: BEGIN + DAY };
const hours = (from: number, to: number) => ({
  begin: BEGIN + from * HOUR,
  end: BEGIN + to * HOUR,
});

describe("zooming", () => {
  it("leaves the moment under the pointer where it is", () => {
    expect(zoomed(day, day, 0.5, BEGIN + 6 * HOUR)).toEqual(hours(3, 15));
    expect(zoomed(hours(3, 15), day, 0.5, BEGIN + 6 * HOUR)).toEqual(hours(4.5, 10.5));
    expect(zoomed(hours(4.5, 10.5), day, 4, BEGIN + 6 * HOUR)).toEqual(day);
  });

  it("stays within the day", () => {
    expect(zoomed(hours(20, 24), day, 2, BEGIN + 23 * HOUR)).toEqual(hours(16, 24));
    expect(zoomed(hours(0, 2), day, 2, BEGIN)).toEqual(hours(0, 4));
  });

  it("ends at some minutes", () => {
    let range = day;
    for (let turn = 0; turn < 20; turn++) range = zoomed(range, day, 0.5, BEGIN + DAY / 3);
    expect(lengthOf(range)).toBe(SHORTEST_MS);
    expect(range.begin).toBeLessThanOrEqual(BEGIN + DAY / 3);
    expect(range.end).toBeGreaterThanOrEqual(BEGIN + DAY / 3);
  });
});

it("moving stops at midnight", () => {
  expect(moved(hours(6, 12), day, -HOUR)).toEqual(hours(5, 11));
  expect(moved(hours(6, 12), day, -9 * HOUR)).toEqual(hours(0, 6));
  expect(moved(hours(6, 12), day, 99 * HOUR)).toEqual(hours(18, 24));
});

describe("clock times", () => {
  const clock = clockOf({
    locale: { language: "en", time_format: "24" },
    config: { time_zone: "Europe/Amsterdam" },
  } as unknown as Hass);
  const texts = (range: typeof day): string[] => ticks(range, BEGIN, clock).map((one) => one.text);

  it("are round, and few", () => {
    expect(texts(day)).toEqual(["00:00", "06:00", "12:00", "18:00", "00:00"]);
    expect(texts(hours(4.5, 10.5))).toEqual(["05:00", "06:00", "07:00", "08:00", "09:00", "10:00"]);
    expect(texts(hours(9, 9.25))).toEqual(["09:00", "09:05", "09:10", "09:15"]);
  });

  it("stand where they belong", () => {
    expect(ticks(hours(5, 7), BEGIN, clock)[1]).toEqual({ place: 25, text: "05:30" });
  });
});
