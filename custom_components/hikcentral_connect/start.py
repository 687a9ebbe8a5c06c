"""Starting the clocks of an account: what is urgent at once, the rest a little later."""

from homeassistant.core import HomeAssistant, callback

from .api import DialectName
from .choices import offer_choices
from .const import CONF_DIALECT
from .devices import async_remove_switched_off
from .health.account_issues import AccountIssues
from .issues import MessageIssues
from .runtime import HikConfigEntry
from .turns import async_let_start


@callback
def async_start_clocks(hass: HomeAssistant, entry: HikConfigEntry) -> None:
    """Poll from now on; the queues at once, because somebody may be at the door."""
    runtime = entry.runtime_data
    runtime.status.async_keep_polling()
    dialect = DialectName(entry.data[CONF_DIALECT])
    runtime.health.async_start(dialect)
    runtime.fleet.async_switch()
    runtime.attendance.async_switch()
    AccountIssues(hass, entry).async_start()
    runtime.history.async_resume()
    offer = offer_choices(hass, entry)
    runtime.fleet.async_announce(lambda _vehicles: offer())
    for book in (runtime.passes, runtime.people, runtime.inventory):
        entry.async_on_unload(book.async_add_listener(offer))
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


@callback
def async_follow_options(hass: HomeAssistant, entry: HikConfigEntry) -> None:
    """Begin what the owner switched on and end what is off now; nothing else stops."""
    runtime = entry.runtime_data
    attendance = runtime.attendance
    # Whoever listens looks at the options too: doors and barriers may be wanted now.
    runtime.inventory.async_update_listeners()
    runtime.doors.async_show()
    runtime.fleet.async_switch()
    if attendance.async_switch():
        entry.async_create_background_task(
            hass, attendance.today.async_refresh(), "first headcount"
        )
    async_remove_switched_off(hass, entry)


async def _look_around(
    hass: HomeAssistant, entry: HikConfigEntry, dialect: DialectName
) -> None:
    runtime = entry.runtime_data
    issues = MessageIssues(hass, entry)
    issues.async_start()
    await async_let_start()
    if dialect is DialectName.TEAMS:
        for clock in (runtime.inputs, runtime.outputs, runtime.records):
            await clock.async_refresh()
    for book in (runtime.passes, runtime.people):
        await book.async_refresh()
    await issues.async_ask()
