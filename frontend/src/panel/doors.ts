import { css, html, nothing } from "lit";
import type { Entity } from "../shared/hass";
import { reasonOf, showMoreInfo } from "../shared/hass";
import { type DoorModel, doors } from "./model";
import { common } from "./styles";
import { View } from "./view";

/** How long a door's button is held before it opens: nobody opens a door by a slip. */
export const HOLD_MS = 1000;

interface Told {
  readonly text: string;
  readonly bad: boolean;
}

/** All doors, each with a button that opens when it is held. */
export class DoorList extends View {
  static override properties = {
    ...View.properties,
    holding: { state: true },
    told: { state: true },
  };

  declare private holding: string | undefined;
  declare private told: Readonly<Record<string, Told>>;
  private timer: number | undefined;

  constructor() {
    super();
    this.told = {};
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.letGo();
  }

  private hold(door: DoorModel): void {
    if (this.holding) return;
    this.holding = door.device;
    this.timer = window.setTimeout(() => {
      this.letGo();
      void this.open(door);
    }, HOLD_MS);
  }

  private letGo(): void {
    clearTimeout(this.timer);
    this.holding = undefined;
  }

  private onKey(event: KeyboardEvent, door: DoorModel): void {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (!event.repeat) this.hold(door);
  }

  private async open(door: DoorModel): Promise<void> {
    const lock = this.hass.states[door.lock ?? ""];
    const pin = this.renderRoot.querySelector<HTMLInputElement>(`#pin-${door.device}`);
    const done = this.localize("door_opened");
    if (lock) {
      const code = pin?.value ? { code: pin.value } : {};
      await this.command(door, done, "lock", "open", lock.entity_id, code);
    } else if (door.button) {
      await this.command(door, done, "button", "press", door.button);
    }
    if (pin) pin.value = "";
  }

  private async command(
    door: DoorModel,
    done: string,
    domain: string,
    action: string,
    entity: string,
    data: Record<string, unknown> = {},
  ): Promise<void> {
    this.tell(door, this.localize("door_asked"), false);
    try {
      await this.hass.callService(domain, action, data, { entity_id: entity }, false);
      this.tell(door, done, false);
    } catch (error) {
      this.tell(door, reasonOf(error), true);
    }
  }

  private tell(door: DoorModel, text: string, bad: boolean): void {
    this.told = { ...this.told, [door.device]: { text, bad } };
  }

  protected override render() {
    const found = doors(this.hass);
    if (!found.length) {
      return html`<div class="empty">
        <ha-icon icon="mdi:door-closed"></ha-icon>
        <p>${this.localize("doors_empty")}</p>
      </div>`;
    }
    return this.renderGrid(
      found,
      (one) => one.device,
      (one) => this.renderDoor(one),
    );
  }

  private renderDoor(door: DoorModel) {
    const lock = this.hass.states[door.lock ?? ""];
    const told = this.told[door.device];
    return html`<article class="card pad" aria-label=${door.name}>
      <div class="row">
        <ha-icon icon=${lock?.state === "unlocked" ? "mdi:door-open" : "mdi:door-closed"}></ha-icon>
        <div class="what">
          <strong>${door.name}</strong>
          <span class="quiet">${[door.area, this.stateOf(lock)].filter(Boolean).join(" · ")}</span>
        </div>
        ${
          lock
            ? html`<button
                class="icon"
                aria-label=${this.localize("details_of", { name: door.name })}
                @click=${() => showMoreInfo(this, lock.entity_id)}
              >
                <ha-icon icon="mdi:information-outline"></ha-icon>
              </button>`
            : nothing
        }
      </div>
      ${
        lock?.attributes["code_format"]
          ? html`<label
              >${this.localize("door_pin")}
              <input
                id=${`pin-${door.device}`}
                type="password"
                inputmode="numeric"
                autocomplete="off"
              />
            </label>`
          : nothing
      }
      ${lock || door.button ? this.renderOpen(door) : nothing} ${this.renderHold(door)}
      <p class="told ${told?.bad ? "error" : "quiet"}" role="status">${told?.text ?? ""}</p>
    </article>`;
  }

  private renderOpen(door: DoorModel) {
    return html`<button
      class="main open ${this.holding === door.device ? "holding" : ""}"
      aria-label=${this.localize("door_hold_to_open", { name: door.name })}
      @pointerdown=${() => this.hold(door)}
      @pointerup=${this.letGo}
      @pointerleave=${this.letGo}
      @pointercancel=${this.letGo}
      @contextmenu=${(event: Event) => event.preventDefault()}
      @keydown=${(event: KeyboardEvent) => this.onKey(event, door)}
      @keyup=${this.letGo}
      @blur=${this.letGo}
    >
      <span>${this.localize("door_hold")}</span>
    </button>`;
  }

  private renderHold(door: DoorModel) {
    const hold = this.hass.states[door.hold ?? ""];
    if (!hold) return nothing;
    const options = (hold.attributes["options"] ?? []) as string[];
    return html`<label
      >${this.localize("door_mode")}
      <select
        .value=${hold.state}
        @change=${(event: Event) => {
          const option = (event.target as HTMLSelectElement).value;
          const done = this.localize("door_mode_set");
          void this.command(door, done, "select", "select_option", hold.entity_id, { option });
        }}
      >
        ${options.map(
          (option) =>
            html`<option value=${option} ?selected=${option === hold.state}>
              ${this.hass.formatEntityState?.({ ...hold, state: option }) ?? option}
            </option>`,
        )}
      </select>
    </label>`;
  }

  private stateOf(lock: Entity | undefined): string {
    if (!lock) return "";
    return this.hass.formatEntityState?.(lock) ?? lock.state;
  }

  static override styles = [
    common,
    css`
      article {
        display: flex;
        flex-direction: column;
        gap: 12px;
      }
      .what {
        flex: 1;
        display: flex;
        flex-direction: column;
      }
      .open {
        position: relative;
        overflow: hidden;
        min-height: 48px;
        border-radius: 24px;
        touch-action: none;
        user-select: none;
      }
      .open span {
        position: relative;
      }
      .open::before {
        content: "";
        position: absolute;
        inset: 0;
        background: rgb(0 0 0 / 30%);
        transform: scaleX(0);
        transform-origin: left;
      }
      .open:dir(rtl)::before {
        transform-origin: right;
      }
      .open.holding::before {
        transform: scaleX(1);
        transition: transform ${HOLD_MS}ms linear;
      }
      .told {
        margin: 0;
        min-height: 1.4em;
      }
    `,
  ];
}
