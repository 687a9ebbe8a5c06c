import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { inEnglish, type Localize } from "../shared/localize";
import type { Clock } from "./clock";
import { isIn, lengthOf, moved, type Range, SHORTEST_MS, ticks, zoomed } from "./range";
import { common } from "./styles";

const ZOOM = 2;
/** A pointer that goes further than so many pixels drags, and chooses nothing. */
const DRAG = 4;

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

/**
 * The recorded spans of a day as a bar, with marks of alarms and of what is shown.
 *
 * Buttons, the keys + and -, a turn of the wheel with Ctrl and two fingers zoom; dragging moves.
 */
export class Timeline extends LitElement {
  static override properties = {
    localize: { attribute: false },
    spans: { attribute: false },
    marks: { attribute: false },
    begin: { type: Number },
    end: { type: Number },
    at: { type: Number },
    clock: { attribute: false },
    range: { state: true },
  };

  declare localize: Localize;
  declare spans: readonly Recorded[];
  declare marks: readonly number[];
  declare begin: number;
  declare end: number;
  declare at: number | undefined;
  declare clock: Clock;
  /** What of the day is shown. */
  declare private range: Range;
  private readonly pointers = new Map<number, number>();
  private dragged = 0;

  constructor() {
    super();
    this.localize = inEnglish;
    this.spans = [];
    this.marks = [];
  }

  private get day(): Range {
    return { begin: this.begin, end: this.end };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("begin") || changed.has("end")) this.range = this.day;
    const before = changed.get("at");
    // The viewer may have moved away from what is shown on purpose.
    if (before !== undefined && isIn(this.range, before)) this.follow();
  }

  private follow(): void {
    if (this.at === undefined || isIn(this.range, this.at)) return;
    const margin = lengthOf(this.range) / 10;
    this.range = moved(this.range, this.day, this.at - margin - this.range.begin);
  }

  private place(moment: number): number {
    return (100 * (moment - this.range.begin)) / lengthOf(this.range);
  }

  private choose(moment: number): void {
    this.dispatchEvent(new CustomEvent("choose", { detail: { moment } }));
  }

  private zoom(factor: number, around?: number): void {
    const { at, range } = this;
    const middle = range.begin + lengthOf(range) / 2;
    const shown = at !== undefined && isIn(range, at) ? at : middle;
    this.range = zoomed(range, this.day, factor, around ?? shown);
  }

  private momentAt(bar: HTMLElement, x: number): number {
    const { left, width } = bar.getBoundingClientRect();
    return Math.round(this.range.begin + ((x - left) / width) * lengthOf(this.range));
  }

  private onClick(event: MouseEvent): void {
    if (this.dragged > DRAG) return;
    this.choose(this.momentAt(event.currentTarget as HTMLElement, event.clientX));
  }

  private readonly onWheel = {
    handleEvent: (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const around = this.momentAt(event.currentTarget as HTMLElement, event.clientX);
      this.zoom(event.deltaY < 0 ? 1 / ZOOM : ZOOM, around);
    },
    // Or else the browser scrolls without asking.
    passive: false,
  };

  private onDown(event: PointerEvent): void {
    if (!this.pointers.size) this.dragged = 0;
    this.pointers.set(event.pointerId, event.clientX);
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  }

  private onMove(event: PointerEvent): void {
    const from = this.pointers.get(event.pointerId);
    if (from === undefined) return;
    const bar = event.currentTarget as HTMLElement;
    const by = event.clientX - from;
    this.dragged += Math.abs(by);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId);
    this.pointers.set(event.pointerId, event.clientX);
    if (other) {
      const [before, now] = [from, event.clientX].map((x) => Math.max(1, Math.abs(x - other[1])));
      this.zoom(before! / now!, this.momentAt(bar, other[1]));
    } else if (this.dragged > DRAG) {
      const time = (by / bar.clientWidth) * lengthOf(this.range);
      this.range = moved(this.range, this.day, -time);
    }
  }

  private onUp(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "+" || event.key === "-") {
      event.preventDefault();
      return this.zoom(event.key === "+" ? 1 / ZOOM : ZOOM);
    }
    const next = this.recordingByKey(event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.choose(next);
  }

  /** Arrow keys go from recording to recording. */
  private recordingByKey(key: string): number | undefined {
    const from = this.at ?? this.begin;
    const starts = this.spans.map((one) => one.begin);
    switch (key) {
      case "ArrowRight":
        return starts.find((one) => one > from);
      case "ArrowLeft":
        return starts.findLast((one) => one < from - 5000);
      case "Home":
        return starts[0];
      case "End":
        return starts.at(-1);
      default:
        return undefined;
    }
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
        aria-valuetext=${this.clock.time(now)}
        @click=${this.onClick}
        @keydown=${this.onKey}
        @wheel=${this.onWheel}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointercancel=${this.onUp}
      >
        ${this.spans.map((one) => this.renderSpan(one))}
        ${this.marks.map((one) => html`<b style=${`left:${this.place(one)}%`}></b>`)}
        ${this.at === undefined ? nothing : html`<u style=${`left:${this.place(this.at)}%`}></u>`}
      </div>
      <div class="hours" aria-hidden="true">
        ${ticks(this.range, this.begin, this.clock).map(
          (one) => html`<span style=${`left:${one.place}%`}>${one.text}</span>`,
        )}
      </div>
      <div class="zoom">${this.renderZoom()}</div>`;
  }

  private renderSpan(one: Recorded) {
    const left = this.place(one.begin);
    const width = this.place(one.end) - left;
    return html`<i class=${one.storage} style=${`left:${left}%;width:max(2px,${width}%)`}></i>`;
  }

  private renderZoom() {
    const length = lengthOf(this.range);
    const button = (icon: string, key: "zoom_in" | "zoom_out", factor: number, off: boolean) =>
      html`<button
        class="icon"
        aria-label=${this.localize(key)}
        title=${this.localize(key)}
        ?disabled=${off}
        @click=${() => this.zoom(factor)}
      >
        <ha-icon icon=${icon}></ha-icon>
      </button>`;
    return html`${button("mdi:magnify-minus-outline", "zoom_out", ZOOM, length >= lengthOf(this.day))}
    ${button("mdi:magnify-plus-outline", "zoom_in", 1 / ZOOM, length <= SHORTEST_MS)}`;
  }

  static override styles = [
    common,
    css`
      :host {
        display: block;
        padding: 0;
      }
      /* Time runs to the right in every language, as in players. */
      .bar,
      .hours {
        direction: ltr;
      }
      .bar {
        position: relative;
        height: 48px;
        border-radius: 8px;
        overflow: hidden;
        cursor: pointer;
        touch-action: pan-y;
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
        position: relative;
        height: 20px;
        overflow: hidden;
        font-size: 0.75rem;
        color: var(--secondary-text-color);
      }
      .hours span {
        position: absolute;
        padding: 2px 0 0 3px;
        border-left: 1px solid currentcolor;
      }
      .zoom {
        float: inline-end;
      }
    `,
  ];
}
