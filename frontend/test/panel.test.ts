import { describe, expect, it } from "vitest";
import { clockOf } from "../src/panel/clock";
import {
  DAY,
  dayAfter,
  dayOf,
  isoAt,
  offsetAt,
  offsetOf,
  startOf,
  trueMoment,
} from "../src/panel/days";
import { happening } from "../src/panel/history";
import {
  accountNames,
  accounts,
  byAccount,
  cameras,
  doors,
  eventEntities,
} from "../src/panel/model";
import { recordingAt } from "../src/panel/timeline";
import type { Hass } from "../src/shared/hass";

const AMSTERDAM = "Europe/Amsterdam";
const NOON = Date.parse("2026-11-22T12:00:00Z");

describe("days", () => {
  it("begin at midnight of the house", () => {
    expect(new Date(startOf("2026-11-22", AMSTERDAM)).toISOString()).toBe(
      "2026-11-21T23:00:00.000Z",
    );
    expect(dayOf(Date.parse("2026-11-21T23:30:00Z"), AMSTERDAM)).toBe("2026-11-22");
  });

  it.each([
    ["2026-03-29", 23],
    ["2026-06-01", 24],
    ["2026-10-25", 25],
  ])("%s has %d hours", (day, hours) => {
    const length = startOf(dayAfter(day, 1), AMSTERDAM) - startOf(day, AMSTERDAM);
    expect(length).toBe((hours * DAY) / 24);
  });

  it("go over the ends of months and years", () => {
    expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
    expect(dayAfter("2026-03-01", -1)).toBe("2026-02-28");
  });

  it.each([0, 60, -300, 330, -210])("write and read an offset of %d minutes", (offset) => {
    const iso = isoAt(NOON, offset);
    expect(offsetOf(iso)).toBe(offset);
    expect(Date.parse(iso)).toBe(NOON);
  });

  it("know zones", () => {
    expect(offsetAt(NOON, AMSTERDAM)).toBe(60);
    expect(offsetAt(NOON, "America/New_York")).toBe(-300);
    expect(offsetAt(NOON, "Asia/Kolkata")).toBe(330);
  });

  it("take the clock in a picture for that of the device", () => {
    const wall = new Date(2026, 10, 22, 13, 0, 0);
    expect(trueMoment(wall.getTime() / 1000, 60)).toBe(NOON);
  });
});

describe("times", () => {
  const written = (language: string, time_format?: string) => {
    const locale = { language, time_format };
    const clock = clockOf({ locale, config: { time_zone: AMSTERDAM } } as unknown as Hass);
    // Between a time and its AM or PM stands a narrow space.
    return [clock.time(NOON), clock.minute(NOON), clock.date(NOON)].map((one) =>
      one.replaceAll("\u202f", " "),
    );
  };

  it.each([
    ["en", "language", "1:00:00 PM", "1:00 PM", "Nov 22, 2026, 1:00 PM"],
    ["en", "24", "13:00:00", "13:00", "Nov 22, 2026, 13:00"],
    ["de", undefined, "13:00:00", "13:00", "22. Nov. 2026, 13:00"],
    ["de", "12", "1:00:00 PM", "1:00 PM", "22. Nov. 2026, 1:00 PM"],
  ])("are written as %s and %s want it", (language, format, ...expected) => {
    expect(written(language, format)).toEqual(expected);
  });

  it("are written by the system where it is to decide", () => {
    const [time] = written("de", "system");
    expect(["13:00:00", "1:00:00 PM"]).toContain(time);
  });
});

describe("recordings", () => {
  const span = (begin: number, end: number, storage = "local") => ({
    begin,
    end,
    storage,
    offset: 0,
  });

  it("are found at a moment, those of the device first, or the next", () => {
    const spans = [span(10, 20), span(12, 30, "cloud"), span(12, 18), span(50, 60)];
    expect(recordingAt(spans, 15)?.storage).toBe("local");
    expect(recordingAt(spans, 25)).toBe(spans[1]);
    expect(recordingAt(spans, 31)).toBe(spans[3]);
    expect(recordingAt(spans, 60)).toBeUndefined();
  });
});

describe("events", () => {
  it("have the service's time, or else that of Home Assistant", () => {
    const type = { event_type: "motion" };
    const at = "2026-11-22T12:00:00+00:00";
    expect(happening("event.a", "x", { ...type, occurred: at })?.at).toBe(NOON);
    expect(happening("event.a", at, type)?.at).toBe(NOON);
    expect(happening("event.a", "unknown", type)).toBeUndefined();
    expect(happening("event.a", at, { event_type: null })).toBeUndefined();
  });
});

describe("what belongs to what", () => {
  const entity = (id: string, device: string, key?: string, platform = "hikcentral_connect") => ({
    [id]: { entity_id: id, device_id: device, translation_key: key, platform },
  });
  const entities = {
    ...entity("camera.gate", "c"),
    ...entity("event.gate_alarm", "c", "alarm"),
    ...entity("image.gate_alarm", "c", "alarm"),
    ...entity("lock.front", "d"),
    ...entity("button.front_open", "d", "open"),
    ...entity("select.front_hold", "d", "hold"),
    ...entity("button.barrier", "c", "barrier_open"),
    ...entity("camera.stranger", "s", undefined, "other"),
  };
  const hass = {
    entities,
    states: Object.fromEntries(
      Object.keys(entities).map((id) => [id, { entity_id: id, state: "x", attributes: {} }]),
    ),
    devices: {
      c: { id: "c", name: "Gate", area_id: "garden", config_entry_id: "entry" },
      d: { id: "d", name: "Front", name_by_user: "Front door" },
      a: {
        id: "a",
        name: "Home",
        entry_type: "service",
        identifiers: [["hikcentral_connect", "x"]],
        config_entry_id: "entry",
      },
      g: {
        id: "g",
        name: "Attendance Family",
        entry_type: "service",
        identifiers: [["hikcentral_connect", "x_attendance_1"]],
        config_entry_id: "entry",
        via_device_id: "a",
      },
    },
    areas: { garden: { name: "Garden" } },
  } as unknown as Hass;

  it("finds cameras with their alarms", () => {
    expect(cameras(hass)).toEqual([
      {
        entity: "camera.gate",
        name: "camera.gate",
        area: "Garden",
        account: "entry",
        alarms: "event.gate_alarm",
        alarmPicture: "image.gate_alarm",
      },
    ]);
  });

  it("puts a door's entities together, and takes no barrier for one", () => {
    expect(doors(hass)).toEqual([
      {
        device: "d",
        name: "Front door",
        area: "",
        account: "",
        lock: "lock.front",
        button: "button.front_open",
        hold: "select.front_hold",
      },
    ]);
  });

  it("finds events and accounts", () => {
    expect(eventEntities(hass)).toEqual(["event.gate_alarm"]);
    expect(accounts(hass)).toEqual([{ entry: "entry", name: "Home" }]);
  });

  it("names accounts only where there are several, and leaves nothing out", () => {
    const things = ["entry", "other", "gone"].map((account) => ({ account }));
    expect(byAccount(hass, things)).toEqual([{ name: "", members: things }]);
    expect(accountNames(hass).size).toBe(0);
    const other = { ...hass.devices["a"]!, id: "b", name: "Barn", config_entry_id: "other" };
    const two = { ...hass, devices: { ...hass.devices, b: other } };
    expect(byAccount(two, things)).toEqual([
      { name: "Barn", members: [{ account: "other" }] },
      { name: "Home", members: [{ account: "entry" }] },
      { name: "", members: [{ account: "gone" }] },
    ]);
    expect(accountNames(two).get("entry")).toBe("Home");
  });
});
