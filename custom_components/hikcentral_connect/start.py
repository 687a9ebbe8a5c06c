"""Starting the clocks of an account: what is urgent at once, the rest a little later."""

import asyncio
from typing import Final

from homeassistant.core import HomeAssistant, callback

from .api import DialectName
from .choices import offer_choices
from .const import CONF_DIALECT
from .health.account_issues import AccountIssues
from .issues import MessageIssues
from .runtime import HikConfigEntry

FIRST_LOOKS: Final = 5.0
"""Seconds until what nobody waits for is read, so that it does not slow the start."""


@callback
def async_start_clocks(hass: HomeAssistant, entry: HikConfigEntry) -> None:
    """Poll from now on; the queues at once, because somebody may be at the door."""
    runtime = entry.runtime_data
    runtime.status.async_keep_polling()
    dialect = DialectName(entry.data[CONF_DIALECT])
    runtime.health.async_start(dialect)
    if runtime.fleet is not None:
        runtime.fleet.async_start(hass, dialect)
    AccountIssues(hass, entry).async_start()
    runtime.history.async_resume()
    for book in (runtime.passes, runtime.people):
        entry.async_on_unload(book.async_add_listener(offer_choices(hass, entry)))
    if dialect is DialectName.TEAMS:
        for clock in (runtime.records, runtime.inputs, runtime.outputs):
            clock.async_keep_polling()
    entry.async_create_background_task(
        hass, _look_around(hass, entry, dialect), "first look at the rest"
    )
    for queue in runtime.queues:
        queue.async_keep_polling()
        entry.async_create_background_task(
            hass, queue.async_refresh(), f"first poll of {queue.name}"
        )


async def _look_around(
    hass: HomeAssistant, entry: HikConfigEntry, dialect: DialectName
) -> None:
    runtime = entry.runtime_data
    issues = MessageIssues(hass, entry)
    issues.async_start()
    await asyncio.sleep(FIRST_LOOKS)
    if dialect is DialectName.TEAMS:
        for clock in (runtime.inputs, runtime.outputs, runtime.records):
            await clock.async_refresh()
    for book in (runtime.passes, runtime.people):
        await book.async_refresh()
    await issues.async_ask()
