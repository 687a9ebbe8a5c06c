import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { fire, type Hass } from "../shared/hass";
import { inEnglish, type Key, loadLanguage, type Localize } from "../shared/localize";
import { accounts } from "./model";

const VIEWS = ["cameras", "doors", "events", "playback", "passes"] as const;
type ViewName = (typeof VIEWS)[number];

const ICONS: Readonly<Record<ViewName, string>> = {
  cameras: "mdi:cctv",
  doors: "mdi:door",
  events: "mdi:bell-outline",
  playback: "mdi:history",
  passes: "mdi:qrcode",
};

/** The page behind "HikCentral" in the sidebar. The view stands in the address. */
export class HikPanel extends LitElement {
  static override properties = {
    hass: { attribute: false },
    narrow: { type: Boolean, reflect: true },
    route: { attribute: false },
    localize: { state: true },
    chosen: { state: true },
  };

  declare hass: Hass;
  declare narrow: boolean;
  declare route: { readonly prefix: string; readonly path: string } | undefined;
  declare private localize: Localize;
  declare private chosen: { readonly entity: string; readonly at?: number } | undefined;
  private language = "en";

  constructor() {
    super();
    this.localize = inEnglish;
  }

  private get view(): ViewName {
    const name = this.route?.path.split("/")[1] as ViewName;
    return VIEWS.includes(name) ? name : "cameras";
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    const language = this.hass?.locale.language;
    if (!language || language === this.language) return;
    this.language = language;
    void loadLanguage(language).then((localize) => (this.localize = localize));
  }

  private go(view: ViewName): void {
    history.pushState(null, "", `${this.route?.prefix ?? "/hikcentral"}/${view}`);
    fire(window, "location-changed", { replace: false });
  }

  private onPlayback(event: CustomEvent<{ entity: string; at?: number }>): void {
    this.chosen = event.detail;
    this.go("playback");
  }

  private onKey(event: KeyboardEvent): void {
    const right = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: right, ArrowLeft: -right }[event.key];
    if (!step) return;
    const next = VIEWS.at((VIEWS.indexOf(this.view) + step) % VIEWS.length)!;
    this.go(next);
    this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  }

  protected override render() {
    if (!this.hass) return nothing;
    return html`<header>
        ${
          this.narrow
            ? html`<button
                class="menu"
                aria-label=${this.localize("menu")}
                @click=${() => fire(this, "hass-toggle-menu")}
              >
                <ha-icon icon="mdi:menu"></ha-icon>
              </button>`
            : nothing
        }
        <h1>HikCentral</h1>
        <nav role="tablist" aria-label="HikCentral" @keydown=${this.onKey}>
          ${VIEWS.map((name) => this.renderTab(name))}
        </nav>
      </header>
      <main
        id="view"
        role="tabpanel"
        aria-labelledby=${`tab-${this.view}`}
        @panel-playback=${this.onPlayback}
      >
        ${accounts(this.hass).length ? this.renderView() : this.renderNothing()}
      </main>`;
  }

  private renderTab(name: ViewName) {
    const selected = name === this.view;
    return html`<button
      id=${`tab-${name}`}
      role="tab"
      aria-selected=${selected}
      aria-controls="view"
      tabindex=${selected ? 0 : -1}
      @click=${() => this.go(name)}
    >
      <ha-icon icon=${ICONS[name]}></ha-icon><span>${this.localize(`view_${name}` as Key)}</span>
    </button>`;
  }

  private renderView() {
    const { hass, localize } = this;
    switch (this.view) {
      case "cameras":
        return html`<hikcentral-wall .hass=${hass} .localize=${localize}></hikcentral-wall>`;
      case "doors":
        return html`<hikcentral-doors .hass=${hass} .localize=${localize}></hikcentral-doors>`;
      case "events":
        return html`<hikcentral-events .hass=${hass} .localize=${localize}></hikcentral-events>`;
      case "playback":
        return html`<hikcentral-playback
          .hass=${hass}
          .localize=${localize}
          .entity=${this.chosen?.entity ?? ""}
          .moment=${this.chosen?.at}
        ></hikcentral-playback>`;
      case "passes":
        return html`<hikcentral-passes .hass=${hass} .localize=${localize}></hikcentral-passes>`;
    }
  }

  private renderNothing() {
    return html`<p class="nothing">${this.localize("no_account")}</p>`;
  }

  static override styles = css`
    :host {
      display: flex;
      flex-direction: column;
      height: 100%;
      color: var(--primary-text-color);
      background: var(--primary-background-color);
      font-family: var(--ha-font-family-body, Roboto, sans-serif);
    }
    header {
      display: flex;
      align-items: center;
      min-height: var(--header-height, 56px);
      padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);
      color: var(--app-header-text-color, #fff);
      background: var(--app-header-background-color, var(--primary-color));
      border-bottom: var(--app-header-border-bottom, none);
    }
    h1 {
      margin: 0 16px;
      font-size: 1.25rem;
      font-weight: 400;
    }
    nav {
      display: flex;
      flex: 1;
      align-self: stretch;
      overflow-x: auto;
      scrollbar-width: none;
    }
    button {
      font: inherit;
      color: inherit;
      border: 0;
      background: none;
      cursor: pointer;
    }
    .menu {
      width: 48px;
      height: 48px;
    }
    nav button {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 0 16px;
      border-bottom: 2px solid transparent;
      opacity: 0.75;
    }
    nav button[aria-selected="true"] {
      opacity: 1;
      border-color: currentcolor;
    }
    button:focus-visible {
      outline: 2px solid currentcolor;
      outline-offset: -4px;
    }
    main {
      flex: 1;
      overflow-y: auto;
      padding: 16px;
      padding-bottom: calc(16px + env(safe-area-inset-bottom));
    }
    .nothing {
      padding: 48px 16px;
      text-align: center;
      color: var(--secondary-text-color);
    }
    :host([narrow]) h1 {
      display: none;
    }
    :host([narrow]) nav button {
      flex: 1;
      flex-direction: column;
      justify-content: center;
      gap: 0;
      padding: 4px;
      font-size: 0.7rem;
    }
    :host([narrow]) main {
      padding: 8px;
    }
  `;
}
