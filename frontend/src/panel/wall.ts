import { css, html, nothing } from "lit";
import { fire, showMoreInfo } from "../shared/hass";
import { PLAYERS_AT_MOST } from "../shared/slots";
import { pictureStyles } from "../shared/still";
import { type CameraModel, cameras } from "./model";
import { common } from "./styles";
import { View } from "./view";

/** A camera that plays, in the quality with which it began: a change would interrupt it. */
interface Live {
  readonly entity: string;
  readonly quality: "main" | "sub";
}

/** All cameras: stills, and on one click live, four at once. */
export class CameraWall extends View {
  static override properties = { ...View.properties, live: { state: true } };

  /** The oldest first. */
  declare private live: readonly Live[];

  constructor() {
    super();
    this.live = [];
  }

  private async toggle(event: Event, entity: string): Promise<void> {
    const tile = (event.currentTarget as Element).closest("article")!;
    const others = this.live.filter((one) => one.entity !== entity);
    const quality = others.length ? "sub" : "main";
    const add: Live[] = others.length < this.live.length ? [] : [{ entity, quality }];
    this.live = [...others, ...add].slice(-PLAYERS_AT_MOST);
    await this.updateComplete;
    // The button that was pressed is gone; the one that undoes it takes the focus.
    tile.querySelector<HTMLElement>(".play, .stop")?.focus({ preventScroll: true });
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
      ${this.renderGrid(
        found,
        (one) => one.entity,
        (one) => this.renderCamera(one),
      )}`;
  }

  private renderCamera(camera: CameraModel) {
    const live = this.live.find((one) => one.entity === camera.entity);
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
                .quality=${live.quality}
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
                  @click=${(event: Event) => this.toggle(event, camera.entity)}
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
            ? html`${this.renderFullscreen()}<button
                  class="icon stop"
                  aria-label=${this.localize("stop")}
                  title=${this.localize("stop")}
                  @click=${(event: Event) => this.toggle(event, camera.entity)}
                >
                  <ha-icon icon="mdi:stop"></ha-icon>
                </button>`
            : nothing
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

  private renderFullscreen() {
    if (!document.fullscreenEnabled) return nothing;
    return html`<button
      class="icon"
      aria-label=${this.localize("fullscreen")}
      title=${this.localize("fullscreen")}
      @click=${(event: Event) => {
        const tile = (event.currentTarget as Element).closest("article")!;
        void tile.querySelector("hikcentral-player")!.requestFullscreen();
      }}
    >
      <ha-icon icon="mdi:fullscreen"></ha-icon>
    </button>`;
  }

  static override styles = [
    common,
    pictureStyles,
    css`
      .grid {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 360px), 1fr));
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
