/** The part of Home Assistant's frontend that panel and card use. */

export interface Entity {
  readonly entity_id: string;
  readonly state: string;
  readonly last_changed: string;
  readonly attributes: Readonly<Record<string, unknown>> & {
    readonly friendly_name?: string;
    readonly entity_picture?: string;
  };
}

export interface RegistryEntry {
  readonly entity_id: string;
  readonly device_id?: string | null;
  readonly area_id?: string | null;
  readonly platform?: string;
  readonly hidden?: boolean;
  readonly translation_key?: string;
}

export interface Device {
  readonly id: string;
  readonly name: string | null;
  readonly name_by_user?: string | null;
  readonly area_id?: string | null;
  readonly entry_type?: string | null;
  readonly identifiers?: readonly (readonly [string, string])[];
  readonly config_entry_id?: string | null;
  readonly via_device_id?: string | null;
}

export interface Hass {
  readonly states: Readonly<Record<string, Entity>>;
  readonly entities: Readonly<Record<string, RegistryEntry>>;
  readonly devices: Readonly<Record<string, Device>>;
  readonly areas: Readonly<Record<string, { readonly name: string }>>;
  readonly user?: { readonly is_admin: boolean };
  readonly locale: {
    readonly language: string;
    readonly time_format?: string;
    readonly time_zone?: string;
  };
  readonly config: { readonly time_zone: string };
  formatEntityState?(entity: Entity): string;
  formatEntityAttributeValue?(entity: Entity, attribute: string, value: unknown): string;
  hassUrl?(path: string): string;
  callWS<T>(message: { type: string; [field: string]: unknown }): Promise<T>;
  callService(
    domain: string,
    service: string,
    data?: Record<string, unknown>,
    target?: { entity_id: string },
    notifyOnError?: boolean,
    returnResponse?: boolean,
  ): Promise<{ response?: unknown }>;
}

export const DOMAIN = "hikcentral_connect";

/** Returns an address of Home Assistant in full, as a frame without origin needs it. */
export const fullUrl = (hass: Hass, path: string): string =>
  new URL(hass.hassUrl?.(path) ?? path, location.origin).href;

/** Returns the text of whatever a command was refused with. */
export function reasonOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === "string" && message ? message : String(error);
}

export function fire(target: EventTarget, type: string, detail: unknown = {}): void {
  target.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
}

export const showMoreInfo = (target: EventTarget, entityId: string): void =>
  fire(target, "hass-more-info", { entityId });
