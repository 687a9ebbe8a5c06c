import type { Entity, Hass } from "../shared/hass";

/** An alarm, an access or a ring, as an event entity told it. */
export interface Happening {
  readonly entity: string;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Row {
  readonly s: string;
  readonly a?: Readonly<Record<string, unknown>>;
}

/** Returns when an event happened: the service's time if it told one. */
export function happening(
  entity: string,
  state: string,
  attributes: Readonly<Record<string, unknown>>,
): Happening | undefined {
  const at = Date.parse(String(attributes["occurred"] ?? state));
  const type = attributes["event_type"];
  if (Number.isNaN(at) || typeof type !== "string") return undefined;
  return { entity, type, at, attributes };
}

/** Reads what happened in a span from Home Assistant's own history, newest first. */
export async function readHappenings(
  hass: Hass,
  entities: readonly string[],
  begin: number,
  end: number,
): Promise<Happening[]> {
  if (!entities.length) return [];
  const rows = await hass.callWS<Record<string, Row[]>>({
    type: "history/history_during_period",
    start_time: new Date(begin).toISOString(),
    end_time: new Date(end).toISOString(),
    entity_ids: entities,
    significant_changes_only: false,
    include_start_time_state: false,
    no_attributes: false,
  });
  return Object.entries(rows)
    .flatMap(([entity, states]) => states.map((one) => happening(entity, one.s, one.a ?? {})))
    .filter((one) => one !== undefined)
    .filter((one) => one.at >= begin && one.at < end)
    .sort((a, b) => b.at - a.at);
}

/** Returns the newest event of an entity as it stands now. */
export const newest = (entity: Entity | undefined): Happening | undefined =>
  entity && happening(entity.entity_id, entity.state, entity.attributes);
