import { css, html, LitElement, nothing } from "lit";
import type { Hass } from "./hass";
import { inEnglish, type Localize } from "./localize";
import { define } from "./player";

/** A new picture costs the camera some work, so only this often and only while in view. */
const REFRESH_MS = 30_000;

/** The still picture of a camera, as Home Assistant keeps it. */
export class HikStill extends LitElement {
  static override properties = {
    hass: { attribute: false },
    localize: { attribute: false },
    entity: {},
    label: {},
    round: { state: true },
    broken: { state: true },
  };

  declare hass: Hass;
  declare localize: Localize;
  declare entity: string;
  declare label: string;
  declare private round: number;
  declare private broken: boolean;
  private timer: number | undefined;
  private seen = false;
  private observer: IntersectionObserver | undefined;

  constructor() {
    super();
    this.localize = inEnglish;
    this.label = "";
    this.round = 0;
    this.broken = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(() => this.refresh(), REFRESH_MS);
    this.observer = new IntersectionObserver(([one]) => (this.seen = one!.isIntersecting));
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.observer?.disconnect();
  }

  private refresh(): void {
    if (this.seen && !document.hidden) this.round += 1;
  }

  protected override render() {
    const picture = this.hass?.states[this.entity]?.attributes.entity_picture;
    return html`${
      picture
        ? html`<img
            src=${`${picture}&round=${this.round}`}
            alt=${this.localize("still_of", { name: this.label })}
            ?hidden=${this.broken}
            @load=${() => (this.broken = false)}
            @error=${() => (this.broken = true)}
          />`
        : nothing
    }${
      !picture || this.broken
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

export const defineStill = (): void => define("hikcentral-still", HikStill);
