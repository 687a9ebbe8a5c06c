import { DOMAIN, type Hass } from "../shared/hass";
import { define, definePlayer } from "../shared/player";
import { defineStill } from "../shared/still";
import { HikCameraCard } from "./card";

const CARD = "hikcentral-camera-card";

interface CustomCard {
  type: string;
  name: string;
  description: string;
  preview: boolean;
  getEntitySuggestion(hass: Hass, entityId: string): { config: object } | null;
}

definePlayer();
defineStill();
define(CARD, HikCameraCard);

const cards = ((window as { customCards?: CustomCard[] }).customCards ??= []);
if (!cards.some((card) => card.type === CARD)) {
  cards.push({
    type: CARD,
    name: "HikCentral camera",
    description: "A HikCentral Connect camera, live on one click, encrypted ones too.",
    preview: true,
    getEntitySuggestion: (hass, entityId) =>
      entityId.startsWith("camera.") && hass.entities[entityId]?.platform === DOMAIN
        ? { config: { type: `custom:${CARD}`, entity: entityId } }
        : null,
  });
}
