import { describe, expect, it } from "vitest";
import { FIRST_FRAME_MS, HEALTHY_MS, REOPENINGS, STALL_MS, Watch } from "../src/shared/watch";

const alive = { kind: "alive", at: 0 } as const;
const playing = { kind: "playing" } as const;

describe("a live stream", () => {
  it("fails when no picture comes in time", () => {
    const watch = new Watch(0, false);
    expect(watch.look(FIRST_FRAME_MS).kind).toBe("wait");
    expect(watch.look(FIRST_FRAME_MS + 1)).toMatchObject({ kind: "failed", why: "silent" });
  });

  it("fails when media come and no picture, as with a wrong code", () => {
    const watch = new Watch(0, false);
    for (let now = 0; now < FIRST_FRAME_MS; now += 1000) watch.hear(alive, now);
    expect(watch.look(FIRST_FRAME_MS + 1)).toMatchObject({ kind: "failed", why: "silent" });
  });

  it("fails at once when it is refused, in the words of the service", () => {
    const watch = new Watch(0, false);
    const refusal = { kind: "failed", code: 20007, text: "The device is offline" } as const;
    expect(watch.hear(refusal, 5)).toMatchObject({ kind: "failed", text: "The device is offline" });
  });

  it("is opened again when it stalls, later each time, and given up in the end", () => {
    const watch = new Watch(0, false);
    let now = 0;
    const pauses = [];
    for (let round = 0; round < REOPENINGS; round++) {
      watch.hear({ kind: "playing" }, now);
      now += STALL_MS + 1;
      const verdict = watch.look(now);
      pauses.push(verdict.kind === "reopen" && verdict.afterMs);
      watch.restart(now);
    }
    expect(pauses).toEqual([1000, 2000, 4000]);
    watch.hear({ kind: "playing" }, now);
    expect(watch.look(now + STALL_MS + 1)).toMatchObject({ kind: "failed", why: "lost" });
  });

  it("forgets earlier failures once it has run well", () => {
    const watch = new Watch(0, false);
    let now = 0;
    for (let round = 0; round < REOPENINGS * 3; round++) {
      watch.hear(playing, now);
      now += HEALTHY_MS + 1;
      watch.hear(alive, now);
      now += STALL_MS + 1;
      expect(watch.look(now).kind).toBe("reopen");
      watch.restart(now);
    }
  });

  it("does not mind silence while it is paused", () => {
    const watch = new Watch(0, false);
    watch.hear({ kind: "playing" }, 0);
    watch.paused = true;
    expect(watch.look(STALL_MS * 5).kind).toBe("wait");
    watch.paused = false;
    expect(watch.look(STALL_MS * 5 + 1).kind).toBe("wait");
  });
});

describe("a recording", () => {
  it("is over when the pictures stop", () => {
    const watch = new Watch(0, true);
    watch.hear(playing, 0);
    watch.hear({ kind: "alive", at: 1_700_000_000 }, 0);
    expect(watch.at).toBe(1_700_000_000);
    expect(watch.look(STALL_MS + 1).kind).toBe("ended");
  });

  it("is over when the player says so", () => {
    const watch = new Watch(0, true);
    watch.hear({ kind: "playing" }, 0);
    expect(watch.hear({ kind: "ended" }, 10).kind).toBe("ended");
  });
});
