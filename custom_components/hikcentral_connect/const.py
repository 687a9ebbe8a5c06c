"""Names and defaults of the HikCentral Connect integration."""

from datetime import timedelta
from typing import Final

DOMAIN: Final = "hikcentral_connect"
MANUFACTURER: Final = "Hikvision"

CONF_APP_KEY: Final = "app_key"
CONF_SECRET_KEY: Final = "secret_key"
CONF_REGION: Final = "region"
CONF_DIALECT: Final = "dialect"
REGION_CUSTOM: Final = "custom"

SUBENTRY_DOOR: Final = "door"
CONF_DOOR_ID: Final = "door_id"
CONF_AREA: Final = "area"

INVENTORY_INTERVAL: Final = timedelta(minutes=15)
STATUS_INTERVAL: Final = timedelta(seconds=60)

EVENT_MESSAGE: Final = f"{DOMAIN}_event"
# Vehicles tell their position every few seconds: an event of their own keeps these out
# of the logbook.
EVENT_POSITION: Final = f"{DOMAIN}_position"
EVENT_VERSION: Final = 1
