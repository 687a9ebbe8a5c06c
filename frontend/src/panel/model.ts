/** What of Home Assistant's entities is a camera, a door or an event of ours. */
import { DOMAIN, type Entity, type Hass, type RegistryEntry } from "../shared/hass";

export interface CameraModel {
  readonly entity: string;
  readonly name: string;
  readonly area: string;
  /** Id of the account's entry. */
  readonly account: string;
  readonly alarms: string | undefined;
  readonly alarmPicture: string | undefined;
}

export interface DoorModel {
  readonly device: string;
  readonly name: string;
  readonly area: string;
  readonly account: string;
  readonly lock: string | undefined;
  readonly button: string | undefined;
  readonly hold: string | undefined;
}

export interface AccountModel {
  readonly entry: string;
  readonly name: string;
}

const domainOf = (entityId: string): string => entityId.split(".", 1)[0]!;

function ours(hass: Hass): RegistryEntry[] {
  return Object.values(hass.entities).filter(
    (one) => one.platform === DOMAIN && !one.hidden && hass.states[one.entity_id],
  );
}

const nameOf = (entity: Entity): string => entity.attributes.friendly_name ?? entity.entity_id;

function areaOf(hass: Hass, entry: RegistryEntry): string {
  const area = entry.area_id ?? hass.devices[entry.device_id ?? ""]?.area_id;
  return hass.areas[area ?? ""]?.name ?? "";
}

const accountOf = (hass: Hass, entry: RegistryEntry): string =>
  hass.devices[entry.device_id ?? ""]?.config_entry_id ?? "";

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);

export function cameras(hass: Hass): CameraModel[] {
  const all = ours(hass);
  const place = (one: RegistryEntry, domain: string): string => `${domain} ${one.device_id}`;
  const alarms = new Map(
    all
      .filter((one) => one.translation_key === "alarm")
      .map((one) => [place(one, domainOf(one.entity_id)), one.entity_id]),
  );
  return all
    .filter((one) => domainOf(one.entity_id) === "camera")
    .map((one) => ({
      entity: one.entity_id,
      name: nameOf(hass.states[one.entity_id]!),
      area: areaOf(hass, one),
      account: accountOf(hass, one),
      alarms: alarms.get(place(one, "event")),
      alarmPicture: alarms.get(place(one, "image")),
    }))
    .sort(byName);
}

export function doors(hass: Hass): DoorModel[] {
  const found = new Map<string, RegistryEntry[]>();
  for (const one of ours(hass)) {
    if (!one.device_id || !isOfDoor(one)) continue;
    found.set(one.device_id, [...(found.get(one.device_id) ?? []), one]);
  }
  return [...found].map(([device, parts]) => doorOf(hass, device, parts)).sort(byName);
}

function isOfDoor(one: RegistryEntry): boolean {
  const domain = domainOf(one.entity_id);
  if (domain === "lock") return true;
  return (
    (domain === "button" && one.translation_key === "open") ||
    (domain === "select" && one.translation_key === "hold")
  );
}

function doorOf(hass: Hass, device: string, parts: RegistryEntry[]): DoorModel {
  const part = (domain: string): string | undefined =>
    parts.find((one) => domainOf(one.entity_id) === domain)?.entity_id;
  const known = hass.devices[device];
  return {
    device,
    name: known?.name_by_user || known?.name || nameOf(hass.states[parts[0]!.entity_id]!),
    area: areaOf(hass, parts[0]!),
    account: accountOf(hass, parts[0]!),
    lock: part("lock"),
    button: part("button"),
    hold: part("select"),
  };
}

/** Event entities: alarms of cameras, accesses at doors, rings at intercoms. */
export const eventEntities = (hass: Hass): string[] =>
  ours(hass)
    .map((one) => one.entity_id)
    .filter((id) => domainOf(id) === "event");

export function accounts(hass: Hass): AccountModel[] {
  return (
    Object.values(hass.devices)
      .filter((one) => one.entry_type === "service" && one.identifiers?.[0]?.[0] === DOMAIN)
      // Attendance is a service, too, and hangs on its account.
      .filter((one) => !one.via_device_id)
      .flatMap((one) => {
        const entry = one.config_entry_id;
        return entry ? [{ entry, name: one.name_by_user || one.name || entry }] : [];
      })
      .sort(byName)
  );
}

/** Returns the names of the accounts by their entries, none where there is only one. */
export function accountNames(hass: Hass): ReadonlyMap<string, string> {
  const known = accounts(hass);
  return new Map(known.length < 2 ? [] : known.map((one) => [one.entry, one.name]));
}

/** What belongs to one account; `name` is empty where there is only one. */
export interface Group<T> {
  readonly name: string;
  readonly members: readonly T[];
}

/** Puts things under their accounts, unless there is only one. */
export function byAccount<T extends { readonly account: string }>(
  hass: Hass,
  all: readonly T[],
): Group<T>[] {
  const known = accounts(hass);
  if (known.length < 2) return [{ name: "", members: all }];
  const none = { entry: "", name: "" };
  const of = (thing: T): AccountModel => known.find((one) => one.entry === thing.account) ?? none;
  return [...known, none]
    .map((one) => ({ name: one.name, members: all.filter((thing) => of(thing) === one) }))
    .filter((one) => one.members.length);
}
