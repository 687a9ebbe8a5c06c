import { html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Hass } from "../shared/hass";
import { inEnglish, type Localize } from "../shared/localize";
import { byAccount } from "./model";
import { common } from "./styles";

/** A page of the panel. */
export class View extends LitElement {
  static override properties = {
    hass: { attribute: false },
    localize: { attribute: false },
  };
  static override styles = [common];

  declare hass: Hass;
  declare localize: Localize;

  constructor() {
    super();
    this.localize = inEnglish;
  }

  /** Draws cards, with several accounts those of each under its name. */
  protected renderGrid<T extends { readonly account: string }>(
    all: readonly T[],
    key: (one: T) => string,
    render: (one: T) => unknown,
  ) {
    return byAccount(this.hass, all).map(
      ({ name, members }) =>
        html`${name ? html`<h2>${name}</h2>` : nothing}
          <div class="grid">${repeat(members, key, render)}</div>`,
    );
  }
}
