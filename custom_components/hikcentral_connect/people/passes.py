"""The book of visitor passes: read from the service, or remembered where it has none."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
import logging
from secrets import token_hex
from time import monotonic
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..api import Client, DialectName
from ..api.errors import HikError
from ..api.models.passes import PassRequest, VisitorPass
from ..const import DOMAIN
from ..coordinator import HikCoordinator

_LOGGER = logging.getLogger(__name__)

STORAGE_VERSION: Final = 1
INTERVAL: Final = timedelta(minutes=15)
REMEMBERED: Final = timedelta(days=30)
"""How long a pass that is over stays in a book kept here."""
QR_SECONDS: Final = 50.0
"""Age from which a QR code is asked for again; a dynamic one lives 60 seconds."""


def pass_store(hass: HomeAssistant, entry: ConfigEntry) -> Store[dict[str, Any]]:
    """Return where the passes of an account are remembered."""
    key = f"{DOMAIN}.{entry.entry_id}.passes"
    return Store(hass, STORAGE_VERSION, key, private=True)


class PassBook(HikCoordinator[tuple[VisitorPass, ...]]):
    """All passes of an account, without their QR codes, which are kept apart.

    Only teams lists, changes and revokes passes. The reference issues them and no
    more, so there the book is kept here, codes and QR codes with it.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, client: Client) -> None:
        """Read every 15 minutes and after each change."""
        super().__init__(hass, entry, client, "visitor passes", INTERVAL)
        self.data = ()
        self.known = False
        """Whether the passes have been read."""
        self._store = pass_store(hass, entry)
        self._remembered: tuple[VisitorPass, ...] = ()
        self._newest_id: str | None = None
        self._pictures: dict[str, tuple[bytes, float]] = {}
        self._changing = asyncio.Lock()
        self._turn: CALLBACK_TYPE | None = None

    async def async_load(self) -> None:
        """Recall what is remembered here."""
        stored = await self._store.async_load() or {}
        self._newest_id = stored.get("newest")
        self._remembered = tuple(_from_store(one) for one in stored.get("passes", []))

    @callback
    def async_close(self) -> None:
        """Stop the timer."""
        if self._turn is not None:
            self._turn()
            self._turn = None

    @property
    def valid(self) -> list[VisitorPass]:
        """The passes that open now."""
        now = dt_util.utcnow()
        return [one for one in self.data if one.starts <= now < one.ends]

    @property
    def newest(self) -> VisitorPass | None:
        """The pass issued last, if it is not over.

        Of passes that were not issued here it is the last in the service's list.
        """
        now = dt_util.utcnow()
        open_ones = [one for one in self.data if now < one.ends]
        for one in open_ones:
            if one.id == self._newest_id:
                return one
        return open_ones[-1] if open_ones else None

    async def async_issue(self, request: PassRequest) -> tuple[VisitorPass, bool]:
        """Issue a pass; return it with its picture, and whether it opens any door.

        Raises the errors of `Passes.issue`.
        """
        async with self._changing:
            made = await self.client.passes.issue(request)
            teams = await self._is_teams()
            if not teams:
                made = replace(made, id=f"local-{token_hex(8)}")
                self._remembered = (*self._remembered, made)
            assert made.id is not None
            self._newest_id = made.id
            # Before anything else is waited for: the service cannot list it again.
            await self._save()
            if made.qr_png is not None:
                self._pictures[made.id] = made.qr_png, monotonic()
            else:
                made = await self._with_picture(made)
            others = (one for one in self.data if one.id != made.id)
            self._take((*others, _plain(made)))
        return made, not teams or bool(request.access_levels)

    async def async_read_now(self) -> tuple[VisitorPass, ...]:
        """Read the passes now and return them. Raises `HikError`."""
        passes = await self._read()
        self.async_set_updated_data(passes)
        return passes

    async def async_update(
        self, pass_id: str, changes: Mapping[str, Any]
    ) -> tuple[VisitorPass, bool]:
        """Change a pass; return it, and whether it opens any door.

        `changes` are fields of `PassRequest`. Raises a translated error where passes
        cannot be changed, and the errors of `Passes.update`.
        """
        await self._check_changeable(pass_id)
        async with self._changing:
            now = await self.client.passes.get(pass_id, dt_util.now())
            request = replace(
                PassRequest(
                    visitor=now.visitor,
                    starts=dt_util.as_local(now.starts),
                    ends=dt_util.as_local(now.ends),
                    openings=now.openings or 1,
                    access_levels=now.access_levels,
                ),
                **changes,
            )
            await self.client.passes.update(pass_id, request)
            changed = _plain(
                replace(
                    now,
                    visitor=request.visitor,
                    starts=request.starts,
                    ends=request.ends,
                    openings=request.openings,
                    access_levels=request.access_levels,
                )
            )
            self._take(
                tuple(changed if one.id == pass_id else one for one in self.data)
            )
        return changed, bool(request.access_levels)

    async def async_revoke(self, pass_id: str) -> None:
        """Let a pass open nothing any more.

        Raises a translated error where passes cannot be revoked, and the errors of
        `Passes.delete`.
        """
        await self._check_changeable(pass_id)
        async with self._changing:
            await self.client.passes.delete((pass_id,))
            self._pictures.pop(pass_id, None)
            self._take(tuple(one for one in self.data if one.id != pass_id))

    def kept_picture(self, pass_id: str) -> bytes | None:
        """Return the picture of a pass's QR code as last seen."""
        kept = self._pictures.get(pass_id)
        return kept[0] if kept else None

    async def async_picture(self, pass_id: str) -> bytes | None:
        """Return the picture of a pass's QR code, renewed if it may be dead by now.

        Raises `HikError` when there is none yet and it cannot be had.
        """
        kept = self._pictures.get(pass_id)
        if kept and monotonic() - kept[1] < QR_SECONDS:
            return kept[0]
        try:
            return await self.async_renew_picture(pass_id)
        except HikError as err:
            if kept is None:
                raise
            _LOGGER.debug("The QR code of a pass was not renewed: %s", err)
            return kept[0]

    async def async_renew_picture(self, pass_id: str) -> bytes | None:
        """Ask for a pass's QR code again; one kept here never changes."""
        if not await self._is_teams():
            return self.kept_picture(pass_id) or await self._fetch(pass_id)
        fresh = await self.client.passes.get(pass_id, dt_util.now())
        if fresh.qr_png is not None:
            self._pictures[pass_id] = fresh.qr_png, monotonic()
        return fresh.qr_png

    @override
    async def _read(self) -> tuple[VisitorPass, ...]:
        async with self._changing:
            if await self._is_teams():
                passes = tuple(await self.client.passes.find())
            else:
                passes = await self._recall()
            # An empty book that has been read is news to those who did not know it.
            self.always_update = not self.known
            self.known = True
            self._await_turn(passes)
            return passes

    async def _recall(self) -> tuple[VisitorPass, ...]:
        """Return the passes remembered here, without those that are long over."""
        oldest = dt_util.utcnow() - REMEMBERED
        kept = tuple(one for one in self._remembered if one.ends > oldest)
        for one in kept:
            if one.id and one.qr_png:
                self._pictures.setdefault(one.id, (one.qr_png, monotonic()))
        if kept != self._remembered:
            self._remembered = kept
            await self._save()
        return tuple(_plain(one) for one in kept)

    async def _with_picture(self, made: VisitorPass) -> VisitorPass:
        """Fetch the QR code of a new pass; without it the pass is good all the same."""
        assert made.id is not None
        try:
            return replace(made, qr_png=await self._fetch(made.id))
        except HikError as err:
            _LOGGER.warning("The QR code of a new pass could not be fetched: %s", err)
            return made

    async def _fetch(self, pass_id: str) -> bytes | None:
        """Fetch the QR code of a pass kept here; its address dies one day."""
        one = next((one for one in self._remembered if one.id == pass_id), None)
        if one is None or one.qr_url is None:
            return None
        png = await self.client.fetch_media(one.qr_url)
        whole = replace(one, qr_png=png, qr_url=None)
        self._pictures[pass_id] = png, monotonic()
        self._remembered = tuple(
            whole if other is one else other for other in self._remembered
        )
        await self._save()
        return png

    async def _check_changeable(self, pass_id: str) -> None:
        """Raise unless the service knows the pass and lets it be changed."""
        if all(one.id != pass_id for one in self.data):
            await self.async_read_now()
        one = next((one for one in self.data if one.id == pass_id), None)
        if one is None:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="pass_unknown"
            )
        if not await self._is_teams():
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="pass_unchangeable",
                translation_placeholders={
                    "ends": f"{dt_util.as_local(one.ends):%Y-%m-%d %H:%M}"
                },
            )

    async def _is_teams(self) -> bool:
        return await self.client.dialect() is DialectName.TEAMS

    async def _save(self) -> None:
        passes = [_to_store(one) for one in self._remembered]
        await self._store.async_save({"newest": self._newest_id, "passes": passes})

    @callback
    def _take(self, passes: tuple[VisitorPass, ...]) -> None:
        self._await_turn(passes)
        self.async_set_updated_data(passes)

    @callback
    def _await_turn(self, passes: tuple[VisitorPass, ...]) -> None:
        """Tell the listeners when the next pass begins or ends."""
        self.async_close()
        now = dt_util.utcnow()
        moments = (moment for one in passes for moment in (one.starts, one.ends))
        if turn := min((one for one in moments if one > now), default=None):
            self._turn = async_track_point_in_utc_time(self.hass, self._turned, turn)

    @callback
    def _turned(self, _now: datetime) -> None:
        self._turn = None
        self._await_turn(self.data)
        self.async_update_listeners()


def _plain(one: VisitorPass) -> VisitorPass:
    """Return a pass as a list has it, without its QR code."""
    return replace(one, qr_png=None, qr_url=None)


def _to_store(one: VisitorPass) -> dict[str, Any]:
    return {
        "id": one.id,
        "visitor": one.visitor,
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat(),
        "code": one.code,
        "qr_url": one.qr_url,
        "qr_png": b64encode(one.qr_png).decode() if one.qr_png else None,
    }


def _from_store(stored: dict[str, Any]) -> VisitorPass:
    return VisitorPass(
        id=stored["id"],
        visitor=stored["visitor"],
        starts=datetime.fromisoformat(stored["starts"]),
        ends=datetime.fromisoformat(stored["ends"]),
        code=stored["code"],
        qr_url=stored["qr_url"],
        qr_png=b64decode(stored["qr_png"]) if stored["qr_png"] else None,
    )
