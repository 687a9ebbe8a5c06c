import { css, html, LitElement, nothing } from "lit";
import { inEnglish, type Localize } from "../shared/localize";
import { clockTime } from "./days";

/** A time for which there is a recording; times are epoch milliseconds. */
export interface Recorded {
  readonly begin: number;
  readonly end: number;
  readonly storage: string;
  /** Minutes by which the device's clock is ahead of UTC. */
  readonly offset: number;
}

/** Returns the recording at a moment, or the next one; that of the device first. */
export function recordingAt(spans: readonly Recorded[], moment: number): Recorded | undefined {
  const candidates = spans.filter((one) => one.end > moment);
  const now = candidates.filter((one) => one.begin <= moment);
  const byStorage = (one: Recorded): number => (one.storage === "local" ? 0 : 1);
  if (now.length) return [...now].sort((a, b) => byStorage(a) - byStorage(b))[0];
  return [...candidates].sort((a, b) => a.begin - b.begin || byStorage(a) - byStorage(b))[0];
}

/** The recorded spans of a day as a bar, with marks of alarms and of what is shown. */
export class Timeline extends LitElement {
  static override properties = {
    localize: { attribute: false },
    spans: { attribute: false },
    marks: { attribute: false },
    begin: { type: Number },
    end: { type: Number },
    at: { type: Number },
    zone: {},
  };

  declare localize: Localize;
  declare spans: readonly Recorded[];
  declare marks: readonly number[];
  declare begin: number;
  declare end: number;
  declare at: number | undefined;
  declare zone: string;

  constructor() {
    super();
    this.localize = inEnglish;
    this.spans = [];
    this.marks = [];
  }

  private place(moment: number): number {
    return (100 * (moment - this.begin)) / (this.end - this.begin);
  }

  private choose(moment: number): void {
    this.dispatchEvent(new CustomEvent("choose", { detail: { moment } }));
  }

  private onClick(event: MouseEvent): void {
    const bar = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const share = (event.clientX - bar.left) / bar.width;
    this.choose(Math.round(this.begin + share * (this.end - this.begin)));
  }

  /** Arrow keys go from recording to recording. */
  private onKey(event: KeyboardEvent): void {
    const from = this.at ?? this.begin;
    const starts = this.spans.map((one) => one.begin);
    const next =
      event.key === "ArrowRight"
        ? starts.find((one) => one > from)
        : event.key === "ArrowLeft"
          ? starts.filter((one) => one < from - 5000).at(-1)
          : event.key === "Home"
            ? starts[0]
            : event.key === "End"
              ? starts.at(-1)
              : undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.choose(next);
  }

  protected override render() {
    const now = this.at ?? this.begin;
    return html`<div
        class="bar"
        role="slider"
        tabindex="0"
        aria-label=${this.localize("timeline")}
        aria-valuemin=${this.begin}
        aria-valuemax=${this.end}
        aria-valuenow=${now}
        aria-valuetext=${clockTime(now, this.zone)}
        @click=${this.onClick}
        @keydown=${this.onKey}
      >
        ${this.spans.map((one) => {
          const left = this.place(one.begin);
          const width = this.place(one.end) - left;
          return html`<i
            class=${one.storage}
            style=${`left:${left}%;width:max(2px,${width}%)`}
            title=${`${clockTime(one.begin, this.zone)} – ${clockTime(one.end, this.zone)}`}
          ></i>`;
        })}
        ${this.marks.map((one) => html`<b style=${`left:${this.place(one)}%`}></b>`)}
        ${this.at === undefined ? nothing : html`<u style=${`left:${this.place(this.at)}%`}></u>`}
      </div>
      <div class="hours" aria-hidden="true">
        ${[0, 6, 12, 18, 24].map((hour) => html`<span>${String(hour).padStart(2, "0")}</span>`)}
      </div>`;
  }

  static override styles = css`
    :host {
      display: block;
    }
    .bar {
      position: relative;
      height: 48px;
      border-radius: 8px;
      overflow: hidden;
      cursor: pointer;
      background: var(--secondary-background-color, #ddd);
    }
    .bar:focus-visible {
      outline: 2px solid var(--primary-color);
      outline-offset: 2px;
    }
    i,
    b,
    u {
      position: absolute;
      top: 0;
      bottom: 0;
      pointer-events: none;
    }
    i {
      top: 12px;
      background: var(--primary-color);
    }
    i.cloud {
      top: 32px;
      background: var(--accent-color, #ff9800);
    }
    b {
      bottom: auto;
      height: 10px;
      width: 3px;
      margin-left: -1px;
      background: var(--error-color, #db4437);
    }
    u {
      width: 2px;
      background: var(--primary-text-color);
    }
    .hours {
      display: flex;
      justify-content: space-between;
      padding-top: 2px;
      font-size: 0.75rem;
      color: var(--secondary-text-color);
    }
  `;
}
