import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { marked } from "../src/player/protocol";
import type { Hass } from "../src/shared/hass";
import { definePlayer, type HikPlayer } from "../src/shared/player";

const SESSION = { session: "s1", api_base: "/api/s1", ezopen: "ezopen://x" };

class NoObserver {
  observe(): void {}
  disconnect(): void {}
}

/** Home Assistant, whose answers come when the test says so. */
class FakeHass {
  readonly asked: { type: string; [field: string]: unknown }[] = [];
  private readonly answers: ((session: typeof SESSION) => void)[] = [];
  readonly locale = { language: "en" };

  callWS = (message: { type: string }): Promise<unknown> => {
    this.asked.push(message);
    return new Promise((resolve) => this.answers.push(resolve));
  };

  answer(index: number): void {
    this.answers[index]!(SESSION);
  }

  types(): string[] {
    return this.asked.map((one) => one.type.split("/").at(-1)!);
  }
}

let hass: FakeHass;
let player: HikPlayer;

const frame = (): HTMLIFrameElement | null => player.renderRoot.querySelector("iframe");

/** Lets the frame say something; `told` is what it is told from then on. */
function said(kind: string, told: unknown[], more: object = {}): void {
  const source = { postMessage: (message: unknown) => told.push(message) } as unknown as Window;
  Object.defineProperty(frame(), "contentWindow", { value: source });
  window.dispatchEvent(new MessageEvent("message", { data: marked({ kind, ...more }), source }));
}

const kinds = (told: unknown[]): string[] => told.map((one) => (one as { kind: string }).kind);

beforeEach(async () => {
  vi.stubGlobal("fetch", async () => new Response(new Blob(["code"])));
  vi.stubGlobal("IntersectionObserver", NoObserver);
  definePlayer();
  hass = new FakeHass();
  player = document.createElement("hikcentral-player") as HikPlayer;
  player.hass = hass as unknown as Hass;
  player.entity = "camera.gate";
  document.body.append(player);
  await player.updateComplete;
});

afterEach(() => player.remove());

describe("the player", () => {
  it("loads while the stream is asked for", async () => {
    await player.updateComplete;
    expect(hass.types()).toEqual(["open"]);
    expect(frame()!.getAttribute("sandbox")).toBe("allow-scripts");
    const told: unknown[] = [];
    said("ready", told);
    await vi.waitFor(() => expect(kinds(told)).toEqual(["load"]));
    hass.answer(0);
    await vi.waitFor(() => expect(kinds(told)).toEqual(["load", "play"]));
    expect(told[1]).toMatchObject({ ezopen: SESSION.ezopen });
  });

  it("plays too when the stream is there first", async () => {
    await player.updateComplete;
    hass.answer(0);
    const told: unknown[] = [];
    said("ready", told);
    await vi.waitFor(() => expect(kinds(told).sort()).toEqual(["load", "play"]));
  });

  it("tells when its code cannot be loaded", async () => {
    vi.stubGlobal("fetch", async () => new Response(null, { status: 404 }));
    void player.open();
    const alert = () => player.renderRoot.querySelector("[role=alert]")?.textContent;
    await vi.waitFor(() => expect(alert()).toContain("Reload the page"));
    expect(frame()).toBeNull();
  });

  it("has words for a refusal without any", async () => {
    await player.updateComplete;
    said("failed", [], { code: 404, text: "" });
    await player.updateComplete;
    expect(player.renderRoot.querySelector("[role=alert] p")?.textContent).toContain("refused");
  });

  it("gives frame and session back, also a session that comes too late", async () => {
    player.stop();
    await player.updateComplete;
    expect(frame()).toBeNull();
    hass.answer(0);
    await vi.waitFor(() => expect(hass.types()).toEqual(["open", "close"]));
  });
});
