import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { type Hass, showMoreInfo } from "../shared/hass";
import { inEnglish, loadLanguage, type Localize } from "../shared/localize";
import { pictureStyles } from "../shared/still";
import { type CardConfig, checkConfig, configForm, DEFAULT_STOP_AFTER, stubConfig } from "./config";

/** A camera on a dashboard: its picture, and on one click live. */
export class HikCameraCard extends LitElement {
  static override properties = {
    hass: { attribute: false },
    config: { state: true },
    live: { state: true },
    sound: { state: true },
    localize: { state: true },
  };

  static getConfigForm = configForm;
  static getStubConfig = stubConfig;

  declare hass: Hass;
  declare private config: CardConfig | undefined;
  declare private live: boolean;
  declare private sound: boolean;
  declare private localize: Localize;
  private language = "en";

  constructor() {
    super();
    this.live = false;
    this.sound = false;
    this.localize = inEnglish;
  }

  setConfig(config: CardConfig): void {
    checkConfig(config);
    if (config.entity !== this.config?.entity) this.live = false;
    this.config = config;
  }

  getCardSize(): number {
    return 4;
  }

  getGridOptions() {
    return { columns: 12, rows: "auto", min_columns: 4 };
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    const language = this.hass?.locale.language;
    if (!language || language === this.language) return;
    this.language = language;
    void loadLanguage(language).then((localize) => (this.localize = localize));
  }

  protected override render() {
    if (!this.hass || !this.config) return html``;
    const entity = this.hass.states[this.config.entity];
    if (!entity) {
      return html`<ha-card
        ><div class="missing" role="alert">
          ${this.localize("card_missing", { entity: this.config.entity })}
        </div></ha-card
      >`;
    }
    const name = this.config.name || entity.attributes.friendly_name || this.config.entity;
    return html`<ha-card>
      <div class="picture">${this.live ? this.renderLive(name) : this.renderStill(name)}</div>
      <div class="bar">
        <button class="name" @click=${() => showMoreInfo(this, this.config!.entity)}>
          ${name}
        </button>
        ${this.live ? this.renderControls() : nothing}
      </div>
    </ha-card>`;
  }

  private renderStill(name: string) {
    return html`<hikcentral-still
        .hass=${this.hass}
        .localize=${this.localize}
        .entity=${this.config!.entity}
        .label=${name}
      ></hikcentral-still>
      <button
        class="play"
        aria-label=${this.localize("play_live", { name })}
        @click=${() => this.toggle(true)}
      >
        <ha-icon icon="mdi:play"></ha-icon>
      </button>`;
  }

  private renderLive(name: string) {
    return html`<hikcentral-player
      .hass=${this.hass}
      .localize=${this.localize}
      .entity=${this.config!.entity}
      .label=${name}
      .quality=${this.config!.quality ?? "main"}
      .stopAfter=${this.config!.stop_after ?? DEFAULT_STOP_AFTER}
      .sound=${this.sound}
    ></hikcentral-player>`;
  }

  private renderControls() {
    return html`
      <button
        class="icon"
        aria-pressed=${this.sound}
        aria-label=${this.localize("sound")}
        title=${this.localize("sound")}
        @click=${() => (this.sound = !this.sound)}
      >
        <ha-icon icon=${this.sound ? "mdi:volume-high" : "mdi:volume-off"}></ha-icon>
      </button>
      ${document.fullscreenEnabled ? this.renderFullscreen() : nothing}
      <button
        class="icon stop"
        aria-label=${this.localize("stop")}
        title=${this.localize("stop")}
        @click=${() => this.toggle(false)}
      >
        <ha-icon icon="mdi:stop"></ha-icon>
      </button>
    `;
  }

  private renderFullscreen() {
    return html`<button
      class="icon"
      aria-label=${this.localize("fullscreen")}
      title=${this.localize("fullscreen")}
      @click=${() => void this.renderRoot.querySelector("hikcentral-player")!.requestFullscreen()}
    >
      <ha-icon icon="mdi:fullscreen"></ha-icon>
    </button>`;
  }

  private async toggle(live: boolean): Promise<void> {
    this.live = live;
    await this.updateComplete;
    // The button that was pressed is gone; the one that undoes it takes the focus.
    const undo = this.renderRoot.querySelector<HTMLElement>(".play, .stop");
    undo?.focus({ preventScroll: true });
  }

  static override styles = [
    pictureStyles,
    css`
      ha-card {
        overflow: hidden;
        height: 100%;
        display: flex;
        flex-direction: column;
      }
      .picture {
        flex: 1;
        min-height: 0;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 4px 8px;
        min-height: 40px;
      }
      .name {
        flex: 1;
        min-width: 0;
        padding: 8px;
        border: 0;
        background: none;
        color: var(--primary-text-color);
        font: inherit;
        text-align: start;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        cursor: pointer;
      }
      .icon {
        width: 40px;
        height: 40px;
        border: 0;
        border-radius: 50%;
        background: none;
        color: var(--secondary-text-color);
        cursor: pointer;
      }
      button:focus-visible {
        outline: 2px solid var(--primary-color);
        outline-offset: -2px;
      }
      .missing {
        padding: 16px;
        color: var(--error-color);
      }
    `,
  ];
}
