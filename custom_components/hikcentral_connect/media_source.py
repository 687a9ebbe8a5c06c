"""Recordings and alarm pictures in the media browser: camera, day, and what it has."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, override

from homeassistant.auth.models import User
from homeassistant.components.media_player import BrowseError, MediaClass, MediaType
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.components.websocket_api import current_connection
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .api import DialectName
from .api.errors import HikError
from .api.models.records import Storage
from .api.together import together
from .const import CONF_DIALECT, DOMAIN
from .exceptions import explain
from .messages.bus import type_of
from .video.access import Shown, async_camera, async_cameras
from .video.library import day_of, pieces
from .video.views import MP4, PICTURE, RECORDING, address_of, span_of

DAYS: Final = 31
IN_CLOUD: Final = " \N{CLOUD}"
"""Behind the times of recordings that are not on the device, in any language."""
PATIENCE_SECONDS: Final = 90.0
"""How long somebody waits for a device to upload; it goes on without him."""

type _Thing = tuple[datetime, BrowseMediaSource]
"""What was seen at a moment."""

_UNKNOWN: Final[dict[str, Any]] = {
    "translation_domain": DOMAIN,
    "translation_key": "unknown_media",
}


async def async_get_media_source(hass: HomeAssistant) -> HikMediaSource:
    """Return the source for all accounts."""
    return HikMediaSource(hass)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree somebody is: ids of entry and camera, a day, something."""

    shown: Shown
    day: date | None = None
    what: tuple[str, ...] = ()

    def below(self, *parts: str) -> str:
        """Return the identifier of something here."""
        here = [self.shown.entry.entry_id, self.shown.camera.id]
        return "/".join([*here, *([self.day.isoformat()] if self.day else []), *parts])


class HikMediaSource(MediaSource):
    """Shows each user the cameras that he may see."""

    name = "HikCentral Connect"

    def __init__(self, hass: HomeAssistant) -> None:
        """Browse the loaded accounts."""
        super().__init__(DOMAIN)
        self.hass = hass

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """List cameras, the days of one, or what there is of a day."""
        if not item.identifier:
            cameras = sorted(
                async_cameras(self.hass, _user()), key=lambda one: one.name
            )
            return _folder(None, self.name, [_camera(one) for one in cameras])
        place = self._place(item)
        if place is None or place.what:
            raise BrowseError(**_UNKNOWN)
        if place.day is None:
            return _camera(place.shown, _days(place))
        try:
            children = await _things(place, place.day)
        except HikError as err:
            raise BrowseError(**explain(err)) from err
        return _folder(place.below(), place.day.isoformat(), children)

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Return where a recording or picture is served, once it can be."""
        place = self._place(item)
        match place.what if place else ():
            case (str(starts), str(ends)) if place and place.day:
                return await _recording(place.shown, starts, ends)
            case ("picture", str(alarm_id), str(number)) if place and place.day:
                day = place.day.isoformat()
                parts = day, alarm_id, number
                url = address_of(PICTURE, place.shown, *parts)
                return PlayMedia(url, "image/jpeg")
        raise Unresolvable(**_UNKNOWN)

    def _place(self, item: MediaSourceItem) -> _Place | None:
        """Return where an identifier leads, None where this user finds nothing."""
        entry_id, camera_id, day, *what = (*item.identifier.split("/"), "", "")[:6]
        shown = async_camera(self.hass, entry_id, camera_id, _user())
        if shown is None:
            return None
        try:
            moment = date.fromisoformat(day) if day else None
        except ValueError:
            return None
        return _Place(shown, moment, tuple(part for part in what if part))


def _user() -> User | None:
    """Return who browses; None for automations, which may see everything."""
    connection = current_connection.get()
    return connection.user if connection else None


def _folder(
    identifier: str | None, title: str, children: list[BrowseMediaSource]
) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=MediaClass.DIRECTORY,
        media_content_type=MediaType.PLAYLIST,
        title=title,
        can_play=False,
        can_expand=True,
        children=children,
    )


def _camera(
    shown: Shown, children: list[BrowseMediaSource] | None = None
) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=_Place(shown).below(),
        media_class=MediaClass.CHANNEL,
        media_content_type=MediaType.PLAYLIST,
        title=shown.name,
        thumbnail=f"/api/camera_proxy/{shown.entity_id}" if children is None else None,
        can_play=False,
        can_expand=True,
        children=children,
    )


def _days(place: _Place) -> list[BrowseMediaSource]:
    """Return the last days; no call tells which of them have recordings."""
    today = dt_util.now().date()
    days = (today - timedelta(days=number) for number in range(DAYS))
    return [
        BrowseMediaSource(
            domain=DOMAIN,
            identifier=place.below(day.isoformat()),
            media_class=MediaClass.DIRECTORY,
            media_content_type=MediaType.PLAYLIST,
            title=day.isoformat(),
            can_play=False,
            can_expand=True,
        )
        for day in days
    ]


async def _things(place: _Place, day: date) -> list[BrowseMediaSource]:
    """Return what there is of a day: pictures of alarms, and pieces of recordings."""
    answers = await together(
        *(_pieces(place, day, storage) for storage in Storage), _pictures(place, day)
    )
    found = [one for rows in answers if not isinstance(rows, HikError) for one in rows]
    for failure in answers:
        if isinstance(failure, HikError) and not found:
            raise failure
    return [thing for _, thing in sorted(found, key=lambda one: one[0])]


async def _pieces(
    place: _Place, day: date, storage: Storage
) -> list[_Thing] | HikError:
    library, camera = place.shown.entry.runtime_data.library, place.shown.camera
    try:
        found = await library.async_recordings(camera, *day_of(day), storage)
    except HikError as err:
        return err
    return [
        (starts, _piece(place, starts, ends, storage))
        for one in found
        for starts, ends in pieces(one)
    ]


async def _pictures(place: _Place, day: date) -> list[_Thing] | HikError:
    library, camera = place.shown.entry.runtime_data.library, place.shown.camera
    try:
        alarms = await library.async_alarms(camera, day)
    except HikError as err:
        return err
    return [
        (at, _picture(place, alarm.id, number, f"{at:%H:%M:%S} {type_of(alarm)}"))
        for alarm in alarms
        for at in [dt_util.as_local(alarm.occurred or day_of(day)[0])]
        for number in range(len(alarm.pictures))
    ]


def _piece(
    place: _Place, starts: datetime, ends: datetime, storage: Storage
) -> BrowseMediaSource:
    first, last = (dt_util.as_local(one) for one in (starts, ends))
    times = str(int(starts.timestamp())), str(int(ends.timestamp()))
    local = storage is Storage.LOCAL
    # Devices make files, and in teams only; the panel plays everything.
    teams = place.shown.entry.data[CONF_DIALECT] == DialectName.TEAMS
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=place.below(*times) if local else place.below(storage, *times),
        media_class=MediaClass.VIDEO,
        media_content_type=MediaType.VIDEO,
        title=f"{first:%H:%M:%S} – {last:%H:%M:%S}{'' if local else IN_CLOUD}",
        can_play=local and teams,
        can_expand=False,
    )


def _picture(
    place: _Place, alarm_id: str, number: int, title: str
) -> BrowseMediaSource:
    day = place.day.isoformat() if place.day else ""
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=place.below("picture", alarm_id, str(number)),
        media_class=MediaClass.IMAGE,
        media_content_type=MediaType.IMAGE,
        title=title,
        thumbnail=address_of(PICTURE, place.shown, day, alarm_id, str(number)),
        can_play=True,
        can_expand=False,
    )


async def _recording(shown: Shown, starts: str, ends: str) -> PlayMedia:
    span = span_of(shown, starts, ends)
    if span is None:
        raise Unresolvable(**_UNKNOWN)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await shown.entry.runtime_data.exports.async_export(span)
    except TimeoutError:
        raise Unresolvable(
            translation_domain=DOMAIN, translation_key="recording_on_its_way"
        ) from None
    except HikError as err:
        raise Unresolvable(**explain(err)) from err
    return PlayMedia(address_of(RECORDING, shown, starts, ends), MP4)
