import english from "../translations/en.json";

export type Key = keyof typeof english;
export type Texts = Readonly<Record<Key, string>>;
export type Localize = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

const RIGHT_TO_LEFT = new Set(["ar"]);

const others = import.meta.glob<Partial<Texts>>(
  ["../translations/*.json", "!../translations/en.json"],
  { import: "default" },
);

/** Sets a value apart, or else a time or a Latin name is torn apart between Arabic words. */
const isolated = (value: string | number): string => `\u2068${value}\u2069`;

export function localizeWith(texts: Partial<Texts>, rightToLeft = false): Localize {
  return (key, values = {}) => {
    const text = texts[key] ?? english[key];
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name] ?? whole;
      return rightToLeft ? isolated(value) : String(value);
    });
  };
}

export const inEnglish = localizeWith(english);

/** Returns the texts of a language such as "de" or "pt-BR"; English if there are none. */
export async function loadLanguage(language: string): Promise<Localize> {
  for (const name of [language, language.split("-")[0]]) {
    const load = others[`../translations/${name}.json`];
    if (load) return localizeWith(await load(), RIGHT_TO_LEFT.has(name!));
  }
  return inEnglish;
}
