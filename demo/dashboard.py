"""The demo's dashboard, made from what the account turned out to contain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .hass import HomeAssistant, Json

URL_PATH = "hikcentral-demo"
TITLE = "HikCentral demo"
ICON = "mdi:cctv"
CAMERAS = 12
DOOR_DOMAINS = ("lock", "button", "select")


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the integration and the device it belongs to."""

    entity_id: str
    device: str
    category: str | None

    @property
    def domain(self) -> str:
        """Return the platform's name, such as ``camera``."""
        return self.entity_id.partition(".")[0]


async def show_dashboard(hass: HomeAssistant, domain: str) -> int:
    """Write the dashboard, make it the first page, and return how much it shows."""
    entities = await _entities(hass, domain)
    dashboards = await hass.command("lovelace/dashboards/list")
    if not any(one["url_path"] == URL_PATH for one in dashboards):
        await hass.command(
            "lovelace/dashboards/create", url_path=URL_PATH, title=TITLE, icon=ICON
        )
    await hass.command(
        "lovelace/config/save", url_path=URL_PATH, config=dashboard(entities)
    )
    await hass.command(
        "frontend/set_system_data", key="core", value={"default_panel": URL_PATH}
    )
    return len(entities)


def dashboard(entities: Sequence[Entity]) -> Json:
    """Return the dashboard's configuration: a page for looking and one with all."""
    chosen = [_section(title, cards) for title, cards in _parts(entities) if cards]
    everything = [
        _section(
            device, [_tile(one.entity_id) for one in entities if one.device == device]
        )
        for device in dict.fromkeys(one.device for one in entities)
    ]
    return {
        "views": [
            {"title": "At a glance", **_page(chosen)},
            {"title": "Everything", **_page(everything)},
        ]
    }


def _page(sections: list[Json]) -> Json:
    return {"type": "sections", "max_columns": 3, "sections": sections}


def _parts(entities: Sequence[Entity]) -> Iterable[tuple[str, list[Json]]]:
    def of(domain: str) -> list[str]:
        return [one.entity_id for one in entities if one.domain == domain]

    yield "Cameras", [_half_wide(_camera(name)) for name in of("camera")[:CAMERAS]]
    yield "Doors", list(_doors(entities))
    alarms = [
        one.entity_id
        for one in entities
        if one.domain == "binary_sensor" and not one.category
    ]
    yield "Alarms right now", [_how_many_on(alarms), _those_on(alarms)]
    happened = of("event")
    log = {"type": "logbook", "target": {"entity_id": happened}, "hours_to_show": 24}
    yield "What happened", [log] if happened else []
    visitors = {one.device for one in entities if one.domain == "calendar"}
    yield "Visitors", list(_visitors(entities, visitors))
    yield (
        "Alarm pictures",
        [
            _half_wide(_picture_if_any(one.entity_id))
            for one in entities
            if one.domain == "image" and one.device not in visitors
        ],
    )


def _doors(entities: Sequence[Entity]) -> Iterable[Json]:
    doors = dict.fromkeys(one.device for one in entities if one.domain == "lock")
    for door in doors:
        rows = [one for one in entities if one.device == door]
        yield {
            "type": "entities",
            "title": door,
            "entities": [one.entity_id for one in rows if one.domain in DOOR_DOMAINS],
        }


def _visitors(entities: Sequence[Entity], devices: set[str]) -> Iterable[Json]:
    """Yield the passes as a list of days, and the QR code of the newest."""
    for one in entities:
        if one.domain == "calendar":
            yield {
                "type": "calendar",
                "entities": [one.entity_id],
                "initial_view": "listWeek",
            }
        elif one.domain == "image" and one.device in devices:
            # The name would lie over the lower part of the code.
            yield {**_picture_if_any(one.entity_id), "show_name": False}


def _section(title: str, cards: list[Json]) -> Json:
    return {"type": "grid", "cards": [{"type": "heading", "heading": title}, *cards]}


def _camera(entity_id: str) -> Json:
    """Return a card for a camera or an image."""
    return {
        "type": "picture-entity",
        "entity": entity_id,
        "camera_view": "auto",
        "show_state": False,
    }


def _half_wide(card: Json) -> Json:
    """Return a card that leaves room for another one beside it."""
    return {**card, "grid_options": {"columns": 6, "rows": "auto"}}


def _picture_if_any(entity_id: str) -> Json:
    """Return a card that shows itself when there is a picture."""
    shown = {"condition": "state", "entity": entity_id, "state_not": "unknown"}
    return {**_camera(entity_id), "visibility": [shown]}


def _how_many_on(entity_ids: list[str]) -> Json:
    count = f"{entity_ids} | select('is_state', 'on') | list | count or 'None'"
    return {
        "type": "markdown",
        "text_only": True,
        "content": f"{{{{ {count} }}}} of {len(entity_ids)} detectors",
    }


def _those_on(entity_ids: list[str]) -> Json:
    return {
        "type": "entity-filter",
        "entities": entity_ids,
        "conditions": [{"condition": "state", "state": "on"}],
        "show_empty": False,
        "card": {"type": "entities"},
    }


def _tile(entity_id: str) -> Json:
    return {"type": "tile", "entity": entity_id, "name": {"type": "entity"}}


async def _entities(hass: HomeAssistant, domain: str) -> list[Entity]:
    devices = {
        one["id"]: one["name_by_user"] or one["name"]
        for one in await hass.command("config/device_registry/list")
    }
    return sorted(
        (
            Entity(
                one["entity_id"],
                devices.get(one["device_id"], ""),
                one["entity_category"],
            )
            for one in await hass.command("config/entity_registry/list")
            if one["platform"] == domain
            and not (one["disabled_by"] or one["hidden_by"])
        ),
        key=lambda one: (one.device, one.entity_id),
    )
