import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { Hass } from "./hass";
import { inEnglish, type Localize } from "./localize";
import { define } from "./player";
import { done, enqueue } from "./queue";

/** A new picture costs the camera some work, so only this often and only while in view. */
const REFRESH_MS = 30_000;

/** The still picture of a camera, as Home Assistant keeps it. */
export class HikStill extends LitElement {
  static override properties = {
    hass: { attribute: false },
    localize: { attribute: false },
    entity: {},
    label: {},
    source: { state: true },
    broken: { state: true },
  };

  declare hass: Hass;
  declare localize: Localize;
  declare entity: string;
  declare label: string;
  declare private source: string;
  declare private broken: boolean;
  private round = 0;
  private timer: number | undefined;
  private seen = false;
  private observer: IntersectionObserver | undefined;

  constructor() {
    super();
    this.localize = inEnglish;
    this.label = "";
    this.source = "";
    this.broken = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(this.refresh, REFRESH_MS);
    document.addEventListener("visibilitychange", this.refresh);
    this.observer = new IntersectionObserver(([one]) => {
      this.seen = one!.isIntersecting;
      if (!this.source) this.refresh();
    });
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.refresh);
    this.observer?.disconnect();
    done(this);
  }

  private get picture(): string | undefined {
    return this.hass?.states[this.entity]?.attributes.entity_picture;
  }

  private readonly refresh = (): void => {
    if (this.seen && !document.hidden && this.picture) enqueue(this);
  };

  /** To be called in its turn. */
  load(): void {
    if (!this.seen || !this.picture) return done(this);
    this.round += 1;
    this.source = `${this.picture}&round=${this.round}`;
  }

  private loaded(well: boolean): void {
    this.broken = !well;
    done(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("entity")) this.source = "";
    if (!this.source) this.refresh();
  }

  protected override render() {
    return html`${
      this.picture && this.source
        ? html`<img
            src=${this.source}
            alt=${this.localize("still_of", { name: this.label })}
            ?hidden=${this.broken}
            @load=${() => this.loaded(true)}
            @error=${() => this.loaded(false)}
          />`
        : nothing
    }${
      !this.picture || this.broken
        ? html`<div class="none">
            <ha-icon icon="mdi:camera-off-outline"></ha-icon>
            <span>${this.localize("still_none")}</span>
          </div>`
        : nothing
    }`;
  }

  static override styles = css`
    :host {
      display: block;
      width: 100%;
      height: 100%;
      background: var(--secondary-background-color, #222);
    }
    img {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
    img[hidden] {
      display: none;
    }
    .none {
      height: 100%;
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 4px;
      color: var(--secondary-text-color);
    }
  `;
}

/** A still or a player in its place, and over the still all of it as a button. */
export const pictureStyles = css`
  .picture {
    position: relative;
    aspect-ratio: 16 / 9;
  }
  hikcentral-player,
  hikcentral-still,
  .play {
    position: absolute;
    inset: 0;
  }
  .play {
    display: grid;
    place-items: center;
    width: 100%;
    height: 100%;
    padding: 0;
    border: 0;
    border-radius: 0;
    color: #fff;
    background: none;
    cursor: pointer;
  }
  .play ha-icon {
    padding: 12px;
    border-radius: 50%;
    background: rgb(0 0 0 / 55%);
    --mdc-icon-size: 32px;
  }
  .play:hover ha-icon,
  .play:focus-visible ha-icon {
    background: var(--primary-color);
  }
  .play:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: -2px;
  }
`;

export const defineStill = (): void => define("hikcentral-still", HikStill);
