import { css, html, nothing, type PropertyValues } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { DOMAIN, reasonOf } from "../shared/hass";
import type { HikPlayer, Span } from "../shared/player";
import { type Clock, clockOf } from "./clock";
import { dayAfter, dayOf, isoAt, offsetOf, startOf, trueMoment } from "./days";
import { readHappenings } from "./history";
import { byAccount, type CameraModel, cameras } from "./model";
import { common } from "./styles";
import { type Recorded, recordingAt } from "./timeline";
import { View } from "./view";

const STEP_MS = 30_000;

interface Answer {
  readonly spans: readonly { starts: string; ends: string; storage: string }[];
  readonly failed: readonly string[];
}

/** Recordings of a camera: choose a day, see when it recorded, play from any moment. */
export class Playback extends View {
  static override properties = {
    ...View.properties,
    entity: {},
    moment: { type: Number },
    day: { state: true },
    spans: { state: true },
    marks: { state: true },
    problem: { state: true },
    note: { state: true },
    playing: { state: true },
    at: { state: true },
    paused: { state: true },
    speed: { state: true },
  };

  declare entity: string;
  /** Where to begin, if the viewer came from an event. */
  declare moment: number | undefined;
  declare private day: string;
  declare private spans: readonly Recorded[] | undefined;
  declare private marks: readonly number[];
  declare private problem: string | undefined;
  declare private note: string | undefined;
  declare private playing: { readonly span: Span; readonly recorded: Recorded } | undefined;
  declare private at: number | undefined;
  declare private paused: boolean;
  declare private speed: number;
  private readonly player = createRef<HikPlayer>();
  private asked = "";

  constructor() {
    super();
    this.entity = "";
    this.day = "";
    this.marks = [];
    this.paused = false;
    this.speed = 1;
  }

  private get clock(): Clock {
    return clockOf(this.hass);
  }

  private get zone(): string {
    return this.clock.zone;
  }

  private get begin(): number {
    return startOf(this.day, this.zone);
  }

  private get end(): number {
    return startOf(dayAfter(this.day, 1), this.zone);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const found = cameras(this.hass);
    if (!found.some((one) => one.entity === this.entity)) this.entity = found[0]?.entity ?? "";
    if (changed.has("moment") && this.moment) this.day = dayOf(this.moment, this.zone);
    this.day ||= dayOf(Date.now(), this.zone);
  }

  protected override updated(): void {
    const wanted = `${this.entity} ${this.day}`;
    if (this.entity && wanted !== this.asked) {
      this.asked = wanted;
      void this.read(wanted);
    }
  }

  private async read(wanted: string): Promise<void> {
    this.stop();
    this.spans = undefined;
    this.marks = [];
    this.problem = this.note = undefined;
    const { begin, end } = this;
    void this.readMarks(wanted, begin, end);
    try {
      const answer = await this.hass.callWS<Answer>({
        type: `${DOMAIN}/recordings`,
        entity_id: this.entity,
        begin: new Date(begin).toISOString(),
        end: new Date(Math.min(end, Date.now())).toISOString(),
      });
      if (wanted !== this.asked) return;
      this.spans = answer.spans.map((one) => ({
        begin: Date.parse(one.starts),
        end: Date.parse(one.ends),
        storage: one.storage,
        offset: offsetOf(one.starts),
      }));
      if (answer.failed.includes("local")) this.note = this.localize("playback_no_local");
      this.start();
    } catch (error) {
      if (wanted !== this.asked) return;
      this.problem = reasonOf(error);
      this.spans = [];
    }
  }

  private start(): void {
    const moment = this.moment;
    this.moment = undefined;
    // An alarm is best seen from a little before.
    if (moment) this.play(moment - 5000);
  }

  private async readMarks(wanted: string, begin: number, end: number): Promise<void> {
    const alarms = cameras(this.hass).find((one) => one.entity === this.entity)?.alarms;
    try {
      const found = await readHappenings(this.hass, alarms ? [alarms] : [], begin, end);
      if (wanted === this.asked) this.marks = found.map((one) => one.at);
    } catch {
      // Home Assistant may keep no history; the recordings do not depend on it.
      this.marks = [];
    }
  }

  private play(moment: number): void {
    const recorded = recordingAt(this.spans ?? [], moment);
    if (!recorded) {
      this.note = this.localize("playback_nothing_after");
      return;
    }
    this.note = undefined;
    const begin = Math.max(moment, recorded.begin);
    this.at = begin;
    this.paused = false;
    this.speed = 1;
    const span = {
      begin: isoAt(begin, recorded.offset),
      end: isoAt(recorded.end, recorded.offset),
      storage: recorded.storage,
    };
    this.playing = { span, recorded };
  }

  private stop(): void {
    this.playing = undefined;
    this.at = undefined;
  }

  private onTime(event: CustomEvent<{ at: number }>): void {
    const recorded = this.playing?.recorded;
    if (!recorded) return;
    const moment = trueMoment(event.detail.at, recorded.offset);
    if (moment >= recorded.begin - STEP_MS && moment <= recorded.end + STEP_MS) this.at = moment;
  }

  private togglePause(): void {
    this.paused = !this.paused;
    this.player.value?.pause(this.paused);
  }

  protected override render() {
    const found = cameras(this.hass);
    if (!found.length) {
      return html`<div class="empty">
        <ha-icon icon="mdi:cctv-off"></ha-icon>
        <p>${this.localize("wall_empty")}</p>
      </div>`;
    }
    return html`${this.renderChoice(found)} ${this.renderStage()} ${this.renderDay()}`;
  }

  private renderChoice(found: CameraModel[]) {
    const today = dayOf(Date.now(), this.zone);
    const button = (icon: string, days: number, key: "day_before" | "day_after") =>
      html`<button
        class="icon"
        aria-label=${this.localize(key)}
        ?disabled=${days > 0 && this.day >= today}
        @click=${() => (this.day = dayAfter(this.day, days))}
      >
        <ha-icon icon=${icon}></ha-icon>
      </button>`;
    return html`<div class="row choice">
      <label
        >${this.localize("card_entity")}
        <select
          @change=${(event: Event) => (this.entity = (event.target as HTMLSelectElement).value)}
        >
          ${byAccount(this.hass, found).map(({ name, members }) =>
            name
              ? html`<optgroup label=${name}>${this.renderNames(members)}</optgroup>`
              : this.renderNames(members),
          )}
        </select>
      </label>
      <div class="day quiet">
        ${this.localize("day")}
        <div class="row days">
          ${button("mdi:chevron-left", -1, "day_before")}
          <input
            type="date"
            aria-label=${this.localize("day")}
            .value=${this.day}
            max=${today}
            @change=${(event: Event) => {
              const { value } = event.target as HTMLInputElement;
              if (value) this.day = value;
            }}
          />
          ${button("mdi:chevron-right", 1, "day_after")}
        </div>
      </div>
    </div>`;
  }

  private renderNames(members: readonly CameraModel[]) {
    return members.map(
      (one) =>
        html`<option value=${one.entity} ?selected=${one.entity === this.entity}>
          ${one.name}
        </option>`,
    );
  }

  private renderStage() {
    if (!this.playing) {
      return html`<div class="stage quiet">${this.localize("playback_choose")}</div>`;
    }
    const name = this.hass.states[this.entity]?.attributes.friendly_name ?? this.entity;
    return html`<div class="stage">
        <hikcentral-player
          ${ref(this.player)}
          .hass=${this.hass}
          .localize=${this.localize}
          .entity=${this.entity}
          .label=${name}
          .span=${this.playing.span}
          @player-time=${this.onTime}
          @player-speed=${(event: CustomEvent<{ speed: number }>) => {
            this.speed = event.detail.speed;
          }}
        ></hikcentral-player>
      </div>
      ${this.renderControls()}`;
  }

  private renderControls() {
    const button = (
      icon: string,
      key: "back" | "pause" | "resume" | "forward" | "slower" | "faster" | "fullscreen",
      act: () => void,
    ) =>
      html`<button
        class="icon"
        aria-label=${this.localize(key)}
        title=${this.localize(key)}
        @click=${act}
      >
        <ha-icon icon=${icon}></ha-icon>
      </button>`;
    const at = this.at ?? this.begin;
    return html`<div class="row controls" role="group" aria-label=${this.localize("view_playback")}>
      ${button("mdi:rewind-30", "back", () => this.play(at - STEP_MS))}
      ${
        this.paused
          ? button("mdi:play", "resume", () => this.togglePause())
          : button("mdi:pause", "pause", () => this.togglePause())
      }
      ${button("mdi:fast-forward-30", "forward", () => this.play(at + STEP_MS))}
      ${button("mdi:speedometer-slow", "slower", () => this.player.value?.speed(false))}
      ${button("mdi:speedometer", "faster", () => this.player.value?.speed(true))}
      <output>${this.clock.time(at)}${this.speed === 1 ? nothing : ` · ${this.speed}×`}</output>
      ${
        document.fullscreenEnabled
          ? button(
              "mdi:fullscreen",
              "fullscreen",
              () => void this.player.value?.requestFullscreen(),
            )
          : nothing
      }
    </div>`;
  }

  private renderDay() {
    if (this.problem) {
      return html`<div class="error row" role="alert">
        ${this.problem}<button @click=${() => this.read(this.asked)}>
          ${this.localize("player_retry")}
        </button>
      </div>`;
    }
    if (!this.spans) return html`<p class="quiet" role="status">${this.localize("loading")}</p>`;
    const length = this.spans.length;
    return html`<hikcentral-timeline
        .localize=${this.localize}
        .spans=${this.spans}
        .marks=${this.marks}
        .begin=${this.begin}
        .end=${this.end}
        .at=${this.at}
        .clock=${this.clock}
        @choose=${(event: CustomEvent<{ moment: number }>) => this.play(event.detail.moment)}
      ></hikcentral-timeline>
      <p class="quiet" role="status">
        ${
          length
            ? this.localize("playback_found", { number: length })
            : this.localize("playback_none")
        }
        ${this.note ?? nothing}
      </p>
      ${length ? this.renderLegend() : nothing}`;
  }

  private renderLegend() {
    return html`<p class="legend quiet" aria-hidden="true">
      <i class="local"></i>${this.localize("on_device")} <i class="cloud"></i>${this.localize(
        "in_cloud",
      )} <i class="alarm"></i>${this.localize("alarm")}
    </p>`;
  }

  static override styles = [
    common,
    css`
      :host {
        max-width: 960px;
        margin: 0 auto;
      }
      .choice {
        gap: 16px;
        margin-bottom: 12px;
      }
      .day {
        display: flex;
        flex-direction: column;
        gap: 4px;
      }
      .days {
        flex-wrap: nowrap;
        gap: 0;
      }
      .days button:dir(rtl) {
        scale: -1 1;
      }
      .stage {
        position: relative;
        aspect-ratio: 16 / 9;
        max-height: 60vh;
        width: 100%;
        display: grid;
        place-items: center;
        border-radius: 12px;
        overflow: hidden;
        background: var(--secondary-background-color);
      }
      hikcentral-player {
        position: absolute;
        inset: 0;
      }
      .controls {
        justify-content: center;
        gap: 4px;
        padding: 4px 0;
        direction: ltr;
      }
      output {
        min-width: 11ch;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      hikcentral-timeline {
        margin-top: 12px;
      }
      .legend i {
        display: inline-block;
        width: 10px;
        height: 10px;
        margin-inline: 12px 6px;
        border-radius: 2px;
      }
      .local {
        background: var(--primary-color);
      }
      .cloud {
        background: var(--accent-color, #ff9800);
      }
      .alarm {
        background: var(--error-color, #db4437);
      }
    `,
  ];
}
