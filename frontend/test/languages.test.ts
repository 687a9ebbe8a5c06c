import { describe, expect, it } from "vitest";
import { type Key, loadLanguage } from "../src/shared/localize";
import english from "../src/translations/en.json";

describe("a language", () => {
  it("is found by its whole name, then by its first part, and else is English", async () => {
    expect((await loadLanguage("pt-BR"))("loading")).toBe("Carregando…");
    expect((await loadLanguage("nl-BE"))("loading")).toBe("Laden…");
    expect((await loadLanguage("xx"))("loading")).toBe(english.loading);
  });

  it("fills in values", async () => {
    const german = await loadLanguage("de");
    expect(german("pass_until", { time: "2026-11-22 10:00" })).toBe("Gültig bis 2026-11-22 10:00");
  });

  it("from right to left sets values apart, so that a time keeps its order", async () => {
    const arabic = await loadLanguage("ar");
    const told = arabic("pass_until", { time: "2026-11-22 10:00" });
    expect(told).toContain("\u20682026-11-22 10:00\u2069");
    for (const key of Object.keys(english) as Key[]) expect(arabic(key)).not.toBe(english[key]);
  });
});
