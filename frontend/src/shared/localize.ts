import english from "../translations/en.json";

export type Key = keyof typeof english;
export type Texts = Readonly<Record<Key, string>>;
export type Localize = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

const others = import.meta.glob<Partial<Texts>>(
  ["../translations/*.json", "!../translations/en.json"],
  { import: "default" },
);

export function localizeWith(texts: Partial<Texts>): Localize {
  return (key, values = {}) => {
    const text = texts[key] ?? english[key];
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}

export const inEnglish = localizeWith(english);

/** Returns the texts of a language such as "de" or "pt-BR"; English if there are none. */
export async function loadLanguage(language: string): Promise<Localize> {
  for (const name of [language, language.split("-")[0]]) {
    const load = others[`../translations/${name}.json`];
    if (load) return localizeWith(await load());
  }
  return inEnglish;
}
