import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { fire, showMoreInfo } from "../shared/hass";
import { PLAYERS_AT_MOST } from "../shared/slots";
import { type CameraModel, cameras } from "./model";
import { common } from "./styles";
import { View } from "./view";

/** All cameras: stills, and on one click live, four at once. */
export class CameraWall extends View {
  static override properties = { ...View.properties, live: { state: true } };

  /** Entities that play, the oldest first. */
  declare private live: readonly string[];

  constructor() {
    super();
    this.live = [];
  }

  private toggle(entity: string): void {
    const others = this.live.filter((one) => one !== entity);
    const add = this.live.includes(entity) ? [] : [entity];
    this.live = [...others, ...add].slice(-PLAYERS_AT_MOST);
  }

  protected override render() {
    const found = cameras(this.hass);
    if (!found.length) {
      return html`<div class="empty">
        <ha-icon icon="mdi:cctv-off"></ha-icon>
        <p>${this.localize("wall_empty")}</p>
      </div>`;
    }
    return html`<p class="quiet" role="status">
        ${this.localize("wall_live", { number: this.live.length, most: PLAYERS_AT_MOST })}
      </p>
      <div class="grid wall">
        ${repeat(
          found,
          (one) => one.entity,
          (one) => this.renderCamera(one),
        )}
      </div>`;
  }

  private renderCamera(camera: CameraModel) {
    const live = this.live.includes(camera.entity);
    const { name } = camera;
    return html`<article class="card ${live ? "live" : ""}" aria-label=${name}>
      <div class="picture">
        ${
          live
            ? html`<hikcentral-player
                .hass=${this.hass}
                .localize=${this.localize}
                .entity=${camera.entity}
                .label=${name}
                .quality=${this.live.length > 1 ? "sub" : "main"}
              ></hikcentral-player>`
            : html`<hikcentral-still
                  .hass=${this.hass}
                  .localize=${this.localize}
                  .entity=${camera.entity}
                  .label=${name}
                ></hikcentral-still>
                <button
                  class="play"
                  aria-label=${this.localize("play_live", { name })}
                  @click=${() => this.toggle(camera.entity)}
                >
                  <ha-icon icon="mdi:play"></ha-icon>
                </button>`
        }
      </div>
      <div class="row bar">
        <button class="name" @click=${() => showMoreInfo(this, camera.entity)}>
          ${name}<span class="quiet">${camera.area}</span>
        </button>
        ${
          live
            ? html`<button
                class="icon"
                aria-label=${this.localize("stop")}
                @click=${() => this.toggle(camera.entity)}
              >
                <ha-icon icon="mdi:stop"></ha-icon>
              </button>`
            : ""
        }
        <button
          class="icon"
          aria-label=${this.localize("play_recordings", { name })}
          title=${this.localize("view_playback")}
          @click=${() => fire(this, "panel-playback", { entity: camera.entity })}
        >
          <ha-icon icon="mdi:history"></ha-icon>
        </button>
      </div>
    </article>`;
  }

  static override styles = [
    common,
    css`
      .wall {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 360px), 1fr));
      }
      .picture {
        position: relative;
        aspect-ratio: 16 / 9;
      }
      hikcentral-player,
      hikcentral-still {
        position: absolute;
        inset: 0;
      }
      .play {
        position: absolute;
        inset: 0;
        margin: auto;
        width: 56px;
        height: 56px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        color: #fff;
        background: rgb(0 0 0 / 55%);
        --mdc-icon-size: 32px;
      }
      .play:hover,
      .play:focus-visible {
        background: var(--primary-color);
      }
      .bar {
        flex-wrap: nowrap;
        gap: 0;
        padding: 4px 8px;
      }
      .name {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        justify-content: center;
        padding: 4px 8px;
        border: 0;
        background: none;
      }
    `,
  ];
}
