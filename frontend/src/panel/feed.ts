import { css, html, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { fire, type Hass, reasonOf } from "../shared/hass";
import { clockOf } from "./clock";
import { DAY, dayOf } from "./days";
import { type Happening, newest, readHappenings } from "./history";
import { accountNames, type CameraModel, cameras, eventEntities } from "./model";
import { common } from "./styles";
import { View } from "./view";

const AT_MOST = 200;
/** The picture of an alarm belongs to the event that is at most this far away. */
const SAME_MS = 2000;

const ICONS: Readonly<Record<string, string>> = {
  motion: "mdi:motion-sensor",
  line_crossing: "mdi:vector-line",
  intrusion: "mdi:shield-alert-outline",
  granted: "mdi:door-open",
  denied: "mdi:door-closed-lock",
  ring: "mdi:bell-ring-outline",
};

/** What happened in the last day, and what happens now. */
export class EventFeed extends View {
  static override properties = {
    ...View.properties,
    rows: { state: true },
    problem: { state: true },
  };

  declare private rows: readonly Happening[] | undefined;
  declare private problem: string | undefined;

  protected override firstUpdated(): void {
    void this.read();
  }

  private async read(): Promise<void> {
    this.problem = undefined;
    try {
      const now = Date.now();
      const found = await readHappenings(this.hass, eventEntities(this.hass), now - DAY, now + DAY);
      this.rows = found.slice(0, AT_MOST);
    } catch (error) {
      this.problem = reasonOf(error);
      this.rows = [];
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("hass") as Hass | undefined;
    if (!before || !this.rows) return;
    const fresh = eventEntities(this.hass)
      .filter((id) => before.states[id] !== this.hass.states[id])
      .map((id) => newest(this.hass.states[id]))
      .filter((one) => one !== undefined)
      .filter((one) => !this.rows!.some((row) => row.entity === one.entity && row.at === one.at));
    if (!fresh.length) return;
    this.rows = [...fresh, ...this.rows].sort((a, b) => b.at - a.at).slice(0, AT_MOST);
  }

  protected override render() {
    if (!this.rows) return html`<p class="quiet" role="status">${this.localize("loading")}</p>`;
    const names = accountNames(this.hass);
    const byEntity = new Map(cameras(this.hass).map((one) => [one.alarms, one]));
    return html`${this.problem ? this.renderProblem(this.problem) : nothing}
      <ol aria-label=${this.localize("view_events")}>
        ${repeat(
          this.rows,
          (one) => `${one.entity} ${one.at}`,
          (one) => this.renderRow(one, byEntity.get(one.entity), names),
        )}
      </ol>
      ${this.rows.length || this.problem ? nothing : this.renderEmpty()}`;
  }

  private renderEmpty() {
    return html`<div class="empty">
      <ha-icon icon="mdi:sleep"></ha-icon>
      <p>${this.localize("events_empty")}</p>
    </div>`;
  }

  private renderProblem(text: string) {
    return html`<div class="error row" role="alert">
      ${text}<button @click=${this.read}>${this.localize("player_retry")}</button>
    </div>`;
  }

  private renderRow(
    row: Happening,
    camera: CameraModel | undefined,
    accounts: ReadonlyMap<string, string>,
  ) {
    const entity = this.hass.states[row.entity];
    const device = this.hass.devices[this.hass.entities[row.entity]?.device_id ?? ""];
    const account = accounts.get(device?.config_entry_id ?? "");
    const name = device?.name_by_user || device?.name || entity?.attributes.friendly_name;
    const type = entity
      ? (this.hass.formatEntityAttributeValue?.(entity, "event_type", row.type) ?? row.type)
      : row.type;
    const clock = clockOf(this.hass);
    const { zone } = clock;
    const day = dayOf(row.at, zone) === dayOf(Date.now(), zone) ? "" : this.localize("yesterday");
    return html`<li class="card row">
      ${this.renderPicture(row, camera, type)}
      <div class="what">
        <strong>${type}</strong>
        <span class="quiet">${[name, account].filter(Boolean).join(" · ")}</span>
      </div>
      <time datetime=${new Date(row.at).toISOString()} class="quiet"
        >${day} ${clock.time(row.at)}</time
      >
      ${
        camera
          ? html`<button
              class="icon"
              aria-label=${this.localize("play_moment", { name: camera.name })}
              title=${this.localize("view_playback")}
              @click=${() => fire(this, "panel-playback", { entity: camera.entity, at: row.at })}
            >
              <ha-icon icon="mdi:play-circle-outline"></ha-icon>
            </button>`
          : nothing
      }
    </li>`;
  }

  private renderPicture(row: Happening, camera: CameraModel | undefined, type: string) {
    const image = this.hass.states[camera?.alarmPicture ?? ""];
    const picture = image?.attributes.entity_picture;
    if (picture && Math.abs(Date.parse(image!.state) - row.at) <= SAME_MS) {
      return html`<img src=${picture} alt=${this.localize("still_of", { name: camera!.name })} />`;
    }
    const icon = ICONS[row.type] ?? "mdi:alert-circle-outline";
    return html`<span class="sign" title=${type}><ha-icon icon=${icon}></ha-icon></span>`;
  }

  static override styles = [
    common,
    css`
      ol {
        list-style: none;
        margin: 0 auto;
        padding: 0;
        max-width: 760px;
        display: flex;
        flex-direction: column;
        gap: 8px;
      }
      li {
        flex-wrap: nowrap;
        padding-inline-end: 8px;
        min-height: 64px;
      }
      img,
      .sign {
        width: 96px;
        height: 64px;
        flex: none;
        object-fit: cover;
      }
      .sign {
        display: grid;
        place-items: center;
        color: var(--secondary-text-color);
        background: var(--secondary-background-color);
      }
      .what {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
      }
    `,
  ];
}
