import { describe, expect, it } from "vitest";
import { checkConfig, configForm, stubConfig } from "../src/card/config";
import { isMarked, marked } from "../src/player/protocol";
import type { Hass } from "../src/shared/hass";
import { reasonOf } from "../src/shared/hass";
import { inEnglish, loadLanguage, localizeWith } from "../src/shared/localize";
import { done, enqueue, type Loader, LOADING_AT_MOST } from "../src/shared/queue";
import { give, PLAYERS_AT_MOST, take } from "../src/shared/slots";
import english from "../src/translations/en.json";

const translations = import.meta.glob<Record<string, string>>("../src/translations/*.json", {
  eager: true,
  import: "default",
});

describe("texts", () => {
  it("fill in values and fall back to English", () => {
    expect(inEnglish("play_live", { name: "Gate" })).toBe("Watch Gate live");
    expect(localizeWith({})("stop")).toBe(english.stop);
  });

  it("come in the language of the viewer, of whatever country", async () => {
    expect((await loadLanguage("de-AT"))("stop")).not.toBe(english.stop);
    expect((await loadLanguage("tlh"))("stop")).toBe(english.stop);
  });

  it.each(Object.entries(translations))("%s has every text with its values", (_, texts) => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) {
      const values = (one: string): string[] => (one.match(/\{\w+\}/g) ?? []).sort();
      expect(values(texts[key]!), key).toEqual(values(text));
    }
  });
});

describe("the card's configuration", () => {
  it("needs a camera and sensible values", () => {
    const good = { entity: "camera.gate" };
    expect(() => checkConfig(good)).not.toThrow();
    expect(() => checkConfig({})).toThrow("Choose a camera");
    expect(() => checkConfig({ entity: "light.lamp" })).toThrow(english.card_needs_camera);
    expect(() => checkConfig({ ...good, quality: "best" as "main" })).toThrow(
      english.card_quality_unknown,
    );
    expect(() => checkConfig({ ...good, stop_after: 0 })).toThrow(english.card_stop_after_wrong);
  });

  it("has a form with a label for every field", async () => {
    const form = await configForm();
    const labels = form.schema.map((field) => form.computeLabel(field));
    expect(labels).not.toContain(undefined);
    expect(new Set(labels).size).toBe(form.schema.length);
  });

  it("starts with a camera of ours", () => {
    const hass = {
      states: { "light.a": {}, "camera.other": {}, "camera.ours": {} },
      entities: { "camera.ours": { platform: "hikcentral_connect" } },
    } as unknown as Hass;
    expect(stubConfig(hass).entity).toBe("camera.ours");
  });
});

describe("pictures", () => {
  it("load a few at once, in the order in which they were asked for", () => {
    const begun: Loader[] = [];
    const loaders = Array.from({ length: LOADING_AT_MOST + 2 }, () => {
      const loader: Loader = { load: () => begun.push(loader) };
      return loader;
    });
    loaders.forEach(enqueue);
    loaders.forEach(enqueue);
    expect(begun).toEqual(loaders.slice(0, LOADING_AT_MOST));
    done(loaders.at(-2)!); // it went away before its turn
    done(loaders[0]!);
    expect(begun.at(-1)).toBe(loaders.at(-1));
    expect(begun).toHaveLength(LOADING_AT_MOST + 1);
    loaders.forEach(done);
  });
});

describe("players", () => {
  it("stop the oldest when there are too many", () => {
    const stopped: number[] = [];
    const players = Array.from({ length: PLAYERS_AT_MOST + 1 }, (_, number) => ({
      stop: () => stopped.push(number),
    }));
    players.forEach(take);
    expect(stopped).toEqual([0]);
    players.forEach(give);
  });

  it("tell their messages from those of others", () => {
    expect(isMarked(marked({ kind: "ready" }))).toBe(true);
    expect(isMarked({ kind: "ready" })).toBe(false);
    expect(isMarked(null)).toBe(false);
  });
});

it("reasons are told in words", () => {
  expect(reasonOf({ code: "x", message: "No way" })).toBe("No way");
  expect(reasonOf("odd")).toBe("odd");
});
