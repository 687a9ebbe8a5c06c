import type { Hass } from "../shared/hass";

/** Writes times of the house as the user of Home Assistant wants to read them. */
export interface Clock {
  readonly zone: string;
  /** "17:05:09" or "5:05:09 PM" */
  time(moment: number): string;
  /** "17:05" or "5:05 PM" */
  minute(moment: number): string;
  /** "Nov 22, 2026, 17:05" */
  date(moment: number): string;
}

const MINUTE: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };

function cycleOf(format: string | undefined): Intl.DateTimeFormatOptions {
  switch (format) {
    case "12":
      return { hour12: true };
    case "24":
      return { hourCycle: "h23" };
    case "system": {
      const { hourCycle } = new Intl.DateTimeFormat(undefined, MINUTE).resolvedOptions();
      return hourCycle ? { hourCycle } : {};
    }
    default:
      return {};
  }
}

function makeClock(zone: string, language: string, format: string | undefined): Clock {
  const writer = (wanted: Intl.DateTimeFormatOptions): ((moment: number) => string) => {
    const options = { timeZone: zone, ...cycleOf(format), ...MINUTE, ...wanted };
    const written = new Intl.DateTimeFormat(language, options);
    return (moment) => written.format(moment);
  };
  return {
    zone,
    time: writer({ second: "2-digit" }),
    minute: writer({}),
    date: writer({ year: "numeric", month: "short", day: "numeric" }),
  };
}

let known: { readonly key: string; readonly clock: Clock } | undefined;

/** Returns the clock of the house; the same one as long as no setting changes. */
export function clockOf(hass: Hass): Clock {
  const { language, time_format: format } = hass.locale;
  const zone = hass.config.time_zone;
  const key = `${zone} ${language} ${format}`;
  if (known?.key !== key) known = { key, clock: makeClock(zone, language, format) };
  return known.clock;
}
