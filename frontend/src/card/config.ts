import { DOMAIN, type Hass } from "../shared/hass";
import { inEnglish, type Key, loadLanguage, type Localize } from "../shared/localize";

export interface CardConfig {
  readonly type: string;
  readonly entity: string;
  readonly name?: string;
  readonly quality?: "main" | "sub";
  /** Minutes. */
  readonly stop_after?: number;
}

export const DEFAULT_STOP_AFTER = 15;

/** Raises an error, as Home Assistant shows it in place of the card. */
export function checkConfig(config: Partial<CardConfig>, localize: Localize = inEnglish): void {
  if (!config.entity?.startsWith("camera.")) throw new Error(localize("card_needs_camera"));
  if (config.quality && !["main", "sub"].includes(config.quality)) {
    throw new Error(localize("card_quality_unknown"));
  }
  if (config.stop_after !== undefined && !(config.stop_after > 0)) {
    throw new Error(localize("card_stop_after_wrong"));
  }
}

/** Returns the form of the visual editor. */
export async function configForm() {
  const language = document.documentElement.lang || "en";
  const localize = await loadLanguage(language);
  const label = (schema: { name: string }): string => localize(`card_${schema.name}` as Key);
  return {
    schema: [
      {
        name: "entity",
        required: true,
        selector: { entity: { filter: { integration: DOMAIN, domain: "camera" } } },
      },
      { name: "name", selector: { text: {} } },
      {
        name: "quality",
        selector: {
          select: {
            mode: "dropdown",
            options: ["main", "sub"].map((value) => ({
              value,
              label: localize(`quality_${value as "main" | "sub"}`),
            })),
          },
        },
      },
      {
        name: "stop_after",
        selector: {
          number: { min: 1, max: 60, mode: "box", unit_of_measurement: localize("minutes") },
        },
      },
    ],
    computeLabel: label,
    computeHelper: (schema: { name: string }) =>
      schema.name === "stop_after" ? localize("card_stop_after_help") : undefined,
    assertConfig: (config: Partial<CardConfig>) => checkConfig(config, localize),
  };
}

/** Returns the configuration for a card that was picked without a camera. */
export function stubConfig(hass: Hass): Omit<CardConfig, "type"> {
  const cameras = Object.keys(hass.states).filter((id) => id.startsWith("camera."));
  const ours = cameras.find((id) => hass.entities[id]?.platform === DOMAIN);
  return { entity: ours ?? cameras[0] ?? "" };
}
