import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { createRef, ref } from "lit/directives/ref.js";
import { isMarked, marked, type Order, type Report } from "../player/protocol";
import { fetchCode } from "./code";
import { DOMAIN, fire, fullUrl, type Hass, reasonOf } from "./hass";
import { inEnglish, type Localize } from "./localize";
import { give, take } from "./slots";
import { type Verdict, Watch, type Why } from "./watch";

const PAGE = "player.html";
const HIDDEN_MS = 5000;

/** A recorded span to play; times are ISO 8601 in the zone of the device. */
export interface Span {
  readonly begin: string;
  readonly end: string;
  readonly storage: string;
}

interface Session {
  readonly session: string;
  readonly api_base: string;
  readonly ezopen: string;
}

type Phase = "idle" | "opening" | "playing" | "ended" | "stopped" | "failed";

/**
 * One camera, live or recorded, in a sandboxed frame of its own.
 *
 * Plays while it is in the page and visible. Fires `player-phase` with the phase,
 * `player-time` with the time in the picture, and `player-speed`.
 */
export class HikPlayer extends LitElement {
  static override properties = {
    hass: { attribute: false },
    localize: { attribute: false },
    entity: {},
    label: {},
    quality: {},
    span: { attribute: false },
    stopAfter: { type: Number },
    sound: { type: Boolean },
    phase: { state: true },
    attempt: { state: true },
    problem: { state: true },
  };

  declare hass: Hass;
  declare localize: Localize;
  declare entity: string;
  declare label: string;
  declare quality: "main" | "sub";
  declare span: Span | undefined;
  /** Minutes after which it stops unless the viewer says that somebody is there. */
  declare stopAfter: number;
  declare sound: boolean;
  declare private phase: Phase;
  /** Each attempt has a frame of its own, so that nothing is left of the last. */
  declare private attempt: number | undefined;
  declare private problem: string;

  private readonly frame = createRef<HTMLIFrameElement>();
  private session: Session | undefined;
  private onReady: (() => void) | undefined;
  private watch = new Watch(0, false);
  private turn = 0;
  private clock: number | undefined;
  private hideTimer: number | undefined;
  private reopenTimer: number | undefined;
  private stopAt = Infinity;
  private hiddenWhilePlaying = false;
  private observer: IntersectionObserver | undefined;

  constructor() {
    super();
    this.localize = inEnglish;
    this.label = "";
    this.quality = "main";
    this.stopAfter = 15;
    this.sound = false;
    this.phase = "idle";
    this.problem = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("message", this.onMessage);
    document.addEventListener("visibilitychange", this.onVisibility);
    this.observer = new IntersectionObserver(([seen]) => this.onSeen(seen!.isIntersecting));
    this.observer.observe(this);
    if (this.hasUpdated) void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("message", this.onMessage);
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.observer?.disconnect();
    this.close("idle");
  }

  protected override updated(changed: PropertyValues<this>): void {
    if ((["entity", "span", "quality"] as const).some((name) => changed.has(name))) {
      void this.open();
    }
    if (changed.has("sound") && this.session) this.tell({ kind: "sound", on: this.sound });
  }

  /** Starts, or starts anew. */
  async open(): Promise<void> {
    if (!this.isConnected || !this.hass || !this.entity) return;
    this.close("opening");
    take(this);
    this.watch = new Watch(Date.now(), this.span !== undefined);
    this.stopAt = Date.now() + this.stopAfter * 60_000;
    this.clock = window.setInterval(() => this.tick(), 1000);
    await this.ask();
  }

  /** Stops for good; the viewer may start it again. */
  stop(): void {
    this.close("stopped");
  }

  pause(paused: boolean): void {
    this.watch.paused = paused;
    this.tell({ kind: paused ? "pause" : "resume" });
  }

  speed(faster: boolean): void {
    this.tell({ kind: "speed", faster });
  }

  /** Loads the player and asks for the stream, both at once. */
  private async ask(): Promise<void> {
    const turn = ++this.turn;
    this.attempt = turn;
    const ready = new Promise<void>((resolve) => (this.onReady = resolve));
    await Promise.all([this.load(turn, ready), this.play(turn, ready)]);
  }

  private async load(turn: number, ready: Promise<void>): Promise<void> {
    try {
      const code = await fetchCode();
      await ready;
      if (turn === this.turn) this.tell({ kind: "load", ...code });
    } catch {
      // After an update the page still names files of the version before.
      this.fail(turn, "unloaded", "");
    }
  }

  private async play(turn: number, ready: Promise<void>): Promise<void> {
    try {
      const session = await this.hass.callWS<Session>({
        type: `${DOMAIN}/stream/open`,
        entity_id: this.entity,
        quality: this.quality,
        ...(this.span ? this.recorded(this.span) : {}),
      });
      if (turn !== this.turn) return this.release(session);
      this.session = session;
      await ready;
      if (turn !== this.turn) return;
      // Only now the picture may be waited for: the way to here tells its own failures.
      this.watch.restart(Date.now());
      this.order(session);
    } catch (error) {
      this.fail(turn, "refused", reasonOf(error));
    }
  }

  private fail(turn: number, why: Why, text: string): void {
    if (turn === this.turn) this.judge({ kind: "failed", why, text });
  }

  private recorded(span: Span): Record<string, unknown> {
    const offset = -new Date(span.begin).getTimezoneOffset() * 60;
    return { mode: "playback", ...span, utc_offset: offset };
  }

  private close(phase: Phase): void {
    this.turn += 1;
    clearInterval(this.clock);
    clearTimeout(this.hideTimer);
    clearTimeout(this.reopenTimer);
    this.hideTimer = undefined;
    give(this);
    this.leave();
    this.problem = "";
    this.enter(phase);
  }

  private leave(): void {
    if (this.session) this.release(this.session);
    this.session = undefined;
    this.attempt = undefined;
  }

  private release(session: Session): void {
    this.hass
      .callWS({ type: `${DOMAIN}/stream/close`, session: session.session })
      // Without a connection the server has ended the session already.
      .catch(() => undefined);
  }

  private enter(phase: Phase): void {
    if (this.phase === phase) return;
    this.phase = phase;
    fire(this, "player-phase", { phase });
  }

  private tell(order: Order): void {
    this.frame.value?.contentWindow?.postMessage(marked(order), "*");
  }

  private readonly onMessage = (event: MessageEvent): void => {
    if (!this.attempt || event.source !== this.frame.value?.contentWindow) return;
    if (!isMarked(event.data)) return;
    const report = event.data as Report;
    if (report.kind === "ready") this.onReady?.();
    this.judge(this.watch.hear(report, Date.now()));
    if (this.session && this.watch.playing) this.enter("playing");
    if (report.kind === "speed") fire(this, "player-speed", { speed: report.speed });
    if (report.kind === "alive" && report.at) fire(this, "player-time", { at: report.at });
  };

  private order(session: Session): void {
    this.tell({
      kind: "play",
      apiBase: fullUrl(this.hass, session.api_base),
      ezopen: session.ezopen,
      language: this.hass.locale.language.startsWith("zh") ? "zh" : "en",
      sound: this.sound,
    });
  }

  private tick(): void {
    if (Date.now() > this.stopAt) return this.stop();
    this.judge(this.watch.look(Date.now()));
  }

  private judge(verdict: Verdict): void {
    switch (verdict.kind) {
      case "wait":
        return;
      case "ended":
        return this.close("ended");
      case "failed":
        this.close("failed");
        this.problem = verdict.text || this.localize(`player_${verdict.why}`);
        return;
      case "reopen":
        this.leave();
        this.watch.restart(Date.now() + verdict.afterMs);
        this.enter("opening");
        this.reopenTimer = window.setTimeout(() => void this.ask(), verdict.afterMs);
    }
  }

  private readonly onVisibility = (): void => this.onSeen(!document.hidden);

  private onSeen(seen: boolean): void {
    clearTimeout(this.hideTimer);
    const running = this.phase === "opening" || this.phase === "playing";
    if (!seen && running) {
      this.hideTimer = window.setTimeout(() => {
        this.hiddenWhilePlaying = true;
        this.close("idle");
      }, HIDDEN_MS);
    } else if (seen && this.hiddenWhilePlaying) {
      this.hiddenWhilePlaying = false;
      void this.open();
    }
  }

  protected override render() {
    return html`${this.renderFrame()}${this.renderCover()}`;
  }

  private renderFrame() {
    if (!this.attempt) return nothing;
    const page = new URL(PAGE, import.meta.url).href;
    return keyed(
      this.attempt,
      html`<iframe
        ${ref(this.frame)}
        src=${page}
        sandbox="allow-scripts"
        allow="autoplay; fullscreen"
        referrerpolicy="no-referrer"
        title=${this.localize("player_title", { name: this.label })}
      ></iframe>`,
    );
  }

  private renderCover() {
    switch (this.phase) {
      case "opening":
        return html`<div class="cover" role="status">
          <span class="spinner"></span>${this.localize("player_opening")}
        </div>`;
      case "failed":
        return html`<div class="cover" role="alert">
          <ha-icon icon="mdi:video-off-outline"></ha-icon>
          <p>${this.problem}</p>
          <button @click=${this.open}>${this.localize("player_retry")}</button>
        </div>`;
      case "stopped":
        return html`<div class="cover" role="status">
          <p>${this.localize("player_stopped")}</p>
          <button @click=${this.open}>${this.localize("player_continue")}</button>
        </div>`;
      case "ended":
        return html`<div class="cover" role="status">
          <p>${this.localize("player_ended")}</p>
          <button @click=${this.open}>${this.localize("player_again")}</button>
        </div>`;
      default:
        return nothing;
    }
  }

  static override styles = css`
    :host {
      display: block;
      position: relative;
      overflow: hidden;
      background: #000;
      color: #fff;
    }
    iframe {
      display: block;
      width: 100%;
      height: 100%;
      border: 0;
    }
    .cover {
      position: absolute;
      inset: 0;
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 8px;
      padding: 16px;
      box-sizing: border-box;
      text-align: center;
      background: rgb(0 0 0 / 65%);
    }
    p {
      margin: 0;
      max-width: 44ch;
    }
    button {
      font: inherit;
      padding: 8px 16px;
      min-height: 40px;
      border: 0;
      border-radius: 20px;
      color: var(--text-primary-color, #fff);
      background: var(--primary-color, #03a9f4);
      cursor: pointer;
    }
    button:focus-visible {
      outline: 2px solid #fff;
      outline-offset: 2px;
    }
    .spinner {
      width: 28px;
      height: 28px;
      border: 3px solid rgb(255 255 255 / 30%);
      border-top-color: #fff;
      border-radius: 50%;
      animation: turn 1s linear infinite;
    }
    @keyframes turn {
      to {
        rotate: 1turn;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .spinner {
        animation-duration: 4s;
      }
    }
  `;
}

export const definePlayer = (): void => define("hikcentral-player", HikPlayer);

/** Defines an element unless another copy of this file has done it. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
