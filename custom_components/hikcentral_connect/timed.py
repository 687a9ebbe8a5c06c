"""Binary sensors that go off by themselves, where nobody tells the end."""

from typing import Any, override

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_call_later


class TimedBinarySensor(BinarySensorEntity):
    """A binary sensor with a timer that turns it off."""

    _off_timer: CALLBACK_TYPE | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Leave no timer behind."""
        await super().async_added_to_hass()
        self.async_on_remove(self._stop_timer)

    @property
    def is_timed(self) -> bool:
        """Tell whether it will go off by itself."""
        return self._off_timer is not None

    @callback
    def show(self, is_on: bool, seconds: float | None = None) -> None:
        """Go on or off, without writing the state; `seconds` later go off."""
        self._stop_timer()
        self._attr_is_on = is_on
        if is_on and seconds is not None:
            self._off_timer = async_call_later(self.hass, seconds, self._turn_off)

    @callback
    def _turn_off(self, _now: Any) -> None:
        self._off_timer = None
        self._attr_is_on = False
        self.async_write_ha_state()

    @callback
    def _stop_timer(self) -> None:
        if self._off_timer is not None:
            self._off_timer()
            self._off_timer = None
