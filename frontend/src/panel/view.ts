import { LitElement } from "lit";
import type { Hass } from "../shared/hass";
import { inEnglish, type Localize } from "../shared/localize";
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
}
