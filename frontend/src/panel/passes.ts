import { css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { DOMAIN, reasonOf } from "../shared/hass";
import { clockOf } from "./clock";
import { accounts } from "./model";
import { common } from "./styles";
import { View } from "./view";

interface Pass {
  readonly pass_id: string | null;
  readonly visitor: string;
  readonly starts: string;
  readonly ends: string;
  readonly state: "upcoming" | "valid" | "over";
  readonly code: string;
  readonly qr_png?: string | null;
  readonly warnings?: readonly string[];
}

interface Choice {
  readonly id: string;
  readonly name: string;
}

const HOUR = 3_600_000;
const DURATIONS = [1, 4, 12, 24, 72];

/** Visitor passes: make one, show its QR code, take it back. */
export class Passes extends View {
  static override properties = {
    ...View.properties,
    account: { state: true },
    passes: { state: true },
    levels: { state: true },
    residents: { state: true },
    made: { state: true },
    problem: { state: true },
    busy: { state: true },
    sure: { state: true },
  };

  declare private account: string;
  declare private passes: readonly Pass[] | undefined;
  declare private levels: readonly Choice[];
  declare private residents: readonly Choice[];
  declare private made: Pass | undefined;
  declare private problem: string | undefined;
  declare private busy: boolean;
  /** The pass that the viewer is asked about before it is taken back. */
  declare private sure: string | undefined;

  constructor() {
    super();
    this.account = "";
    this.levels = [];
    this.residents = [];
    this.busy = false;
  }

  protected override firstUpdated(): void {
    this.account = accounts(this.hass)[0]?.entry ?? "";
    void this.readAll();
  }

  private async act<T>(action: string, data: Record<string, unknown> = {}): Promise<T> {
    const fields = { config_entry_id: this.account, ...data };
    const answer = await this.hass.callService(DOMAIN, action, fields, undefined, false, true);
    return answer.response as T;
  }

  private async readAll(): Promise<void> {
    this.passes = this.made = undefined;
    await Promise.all([this.read(), this.readChoices()]);
  }

  private async read(): Promise<void> {
    const { account } = this;
    this.problem = undefined;
    try {
      const { passes } = await this.act<{ passes: Pass[] }>("list_visitor_passes");
      if (account === this.account) this.passes = passes;
    } catch (error) {
      if (account !== this.account) return;
      this.problem = reasonOf(error);
      this.passes = undefined;
    }
  }

  /** Reads which doors or whom a pass may be for. Only administrators may, nor do all
   * services have both, so a form without them is nothing unusual. */
  private async readChoices(): Promise<void> {
    const { account } = this;
    this.levels = this.residents = [];
    if (!this.hass.user?.is_admin) return;
    const levels = this.act<{ access_levels: { access_level_id: string; name: string }[] }>(
      "list_access_levels",
    ).then((one) => one.access_levels.map((row) => ({ id: row.access_level_id, name: row.name })));
    const residents = this.act<{ residents: { resident_id: string; name: string }[] }>(
      "list_residents",
    ).then((one) => one.residents.map((row) => ({ id: row.resident_id, name: row.name })));
    const [first, second] = await Promise.allSettled([levels, residents]);
    if (account !== this.account) return;
    if (first.status === "fulfilled") this.levels = first.value;
    if (second.status === "fulfilled") this.residents = second.value;
  }

  private async issue(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form);
    const resident = String(fields.get("resident") ?? "");
    const levels = fields.getAll("level").map(String);
    await this.during(async () => {
      const made = await this.act<Pass>("issue_visitor_pass", {
        visitor: String(fields.get("visitor")).trim(),
        ends: new Date(Date.now() + Number(fields.get("hours")) * HOUR).toISOString(),
        openings: Number(fields.get("openings")),
        ...(levels.length ? { access_levels: levels } : {}),
        ...(resident ? { resident_id: resident } : {}),
      });
      form.reset();
      await this.read();
      this.made = made;
    });
  }

  /** Asks whether a pass is to be taken back, or no longer. */
  private async ask(event: Event, pass?: string): Promise<void> {
    const row = (event.currentTarget as Element).closest("li")!;
    this.sure = pass;
    await this.updateComplete;
    // The button that was pressed is gone. Of those in its place a second press does no harm.
    row.querySelector<HTMLElement>("button:last-of-type")?.focus();
  }

  private async revoke(pass: Pass): Promise<void> {
    this.sure = undefined;
    await this.during(async () => {
      await this.act("revoke_visitor_pass", { pass_id: pass.pass_id });
      if (this.made?.pass_id === pass.pass_id) this.made = undefined;
      await this.read();
    });
  }

  private async during(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      await work();
    } catch (error) {
      this.problem = reasonOf(error);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    return html`${this.renderAccounts()}
      ${this.problem ? html`<div class="error" role="alert">${this.problem}</div>` : nothing}
      ${this.made ? this.renderMade(this.made) : nothing} ${this.renderForm()}
      <h2>${this.localize("passes_all")}</h2>
      ${this.renderList()}`;
  }

  private renderAccounts() {
    const found = accounts(this.hass);
    if (found.length < 2) return nothing;
    return html`<label class="account"
      >${this.localize("account")}
      <select
        @change=${(event: Event) => {
          this.account = (event.target as HTMLSelectElement).value;
          void this.readAll();
        }}
      >
        ${found.map((one) => html`<option value=${one.entry}>${one.name}</option>`)}
      </select>
    </label>`;
  }

  private renderMade(pass: Pass) {
    return html`<section class="card pad made" role="status">
      ${
        pass.qr_png
          ? html`<img
              src=${`data:image/png;base64,${pass.qr_png}`}
              alt=${this.localize("pass_qr", { name: pass.visitor })}
            />`
          : nothing
      }
      <div>
        <strong>${pass.visitor}</strong>
        <p>${this.localize("pass_code")} <code>${pass.code}</code></p>
        <p class="quiet">${this.localize("pass_until", { time: this.time(pass.ends) })}</p>
        ${pass.warnings?.map((one) => html`<p class="error">${one}</p>`)}
        <div class="row">
          ${
            pass.qr_png
              ? html`<a
                  download=${`${pass.visitor}.png`}
                  href=${`data:image/png;base64,${pass.qr_png}`}
                  >${this.localize("pass_save")}</a
                >`
              : nothing
          }
          <button @click=${() => (this.made = undefined)}>${this.localize("close")}</button>
        </div>
      </div>
    </section>`;
  }

  private renderForm() {
    return html`<form class="card pad row" @submit=${this.issue}>
      <label
        >${this.localize("pass_visitor")}
        <input name="visitor" required maxlength="64" autocomplete="off" />
      </label>
      <label
        >${this.localize("pass_hours")}
        <select name="hours">
          ${DURATIONS.map(
            (hours) =>
              html`<option value=${hours} ?selected=${hours === 4}>
                ${this.localize("hours", { number: hours })}
              </option>`,
          )}
        </select>
      </label>
      <label
        >${this.localize("pass_openings")}
        <input name="openings" type="number" min="1" max="200" value="1" required />
      </label>
      ${this.renderLevels()}
      ${
        this.residents.length
          ? html`<label
              >${this.localize("pass_resident")}
              <select name="resident">
                <option value=""></option>
                ${this.residents.map((one) => html`<option value=${one.id}>${one.name}</option>`)}
              </select>
            </label>`
          : nothing
      }
      <button class="main" ?disabled=${this.busy}>${this.localize("pass_make")}</button>
    </form>`;
  }

  private renderLevels() {
    if (!this.levels.length) return nothing;
    return html`<fieldset>
      <legend>${this.localize("pass_levels")}</legend>
      ${this.levels.map(
        (one, index) =>
          html`<label class="tick"
            ><input
              type="checkbox"
              name="level"
              value=${one.id}
              ?checked=${index === 0}
            />${one.name}
          </label>`,
      )}
    </fieldset>`;
  }

  private renderList() {
    if (!this.passes && this.problem) {
      return html`<button @click=${this.read}>${this.localize("player_retry")}</button>`;
    }
    if (!this.passes) return html`<p class="quiet" role="status">${this.localize("loading")}</p>`;
    if (!this.passes.length) {
      return html`<div class="empty">
        <ha-icon icon="mdi:qrcode-remove"></ha-icon>
        <p>${this.localize("passes_empty")}</p>
      </div>`;
    }
    return html`<ul>
      ${repeat(
        this.passes,
        (one) => one.pass_id ?? one.code,
        (one) => this.renderPass(one),
      )}
    </ul>`;
  }

  private renderPass(pass: Pass) {
    return html`<li class="card pad row">
      <div class="what">
        <strong>${pass.visitor}</strong>
        <span class="quiet"
          >${this.time(pass.starts)} – ${this.time(pass.ends)} ·
          ${this.localize(`pass_${pass.state}`)}</span
        >
      </div>
      ${pass.state === "over" || !pass.pass_id ? nothing : this.renderRevoke(pass)}
    </li>`;
  }

  private renderRevoke(pass: Pass) {
    if (this.sure !== pass.pass_id) {
      return html`<button
        ?disabled=${this.busy}
        @click=${(event: Event) => this.ask(event, pass.pass_id!)}
      >
        ${this.localize("pass_revoke")}
      </button>`;
    }
    return html`<span>${this.localize("pass_revoke_sure")}</span>
      <button class="main" ?disabled=${this.busy} @click=${() => this.revoke(pass)}>
        ${this.localize("pass_revoke")}
      </button>
      <button @click=${(event: Event) => this.ask(event)}>${this.localize("cancel")}</button>`;
  }

  private time(iso: string): string {
    return clockOf(this.hass).date(Date.parse(iso));
  }

  static override styles = [
    common,
    css`
      :host {
        max-width: 960px;
        margin: 0 auto;
      }
      form {
        gap: 16px;
        align-items: flex-end;
      }
      fieldset {
        border: 0;
        padding: 0;
        margin: 0;
      }
      legend {
        font-size: 0.9rem;
        color: var(--secondary-text-color);
      }
      .account {
        max-width: 320px;
        margin-bottom: 12px;
      }
      form > label {
        flex: 1 1 130px;
      }
      .tick {
        flex-direction: row;
        align-items: center;
        min-height: 40px;
      }
      .tick input {
        min-height: 24px;
      }
      .made {
        display: flex;
        flex-wrap: wrap;
        gap: 24px;
        margin-bottom: 12px;
      }
      .made img {
        width: 220px;
        height: 220px;
        background: #fff;
        padding: 8px;
        border-radius: 8px;
        image-rendering: pixelated;
      }
      code {
        font-size: 1.4rem;
        letter-spacing: 0.1em;
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: flex;
        flex-direction: column;
        gap: 8px;
      }
      .what {
        flex: 1;
        display: flex;
        flex-direction: column;
      }
      .error {
        margin-bottom: 12px;
      }
    `,
  ];
}
