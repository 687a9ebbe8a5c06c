"""Pages of the options about video: the relay, and how each camera is shown."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers import selector

from ..api import DialectName
from ..const import CONF_DIALECT
from ..options import OPT_RELAY, OPT_VIDEO, Options
from ..placeholders import harmless
from ..runtime import HikConfigEntry
from ..video.settings import (
    OPT_DAILY_MINUTES,
    OPT_QUALITY,
    OPT_TIER,
    Choice,
    Quality,
    VideoOptions,
)

CONF_CAMERA: Final = "camera"
MINUTES_A_DAY: Final = 24 * 60


class VideoPages(OptionsFlow):
    """Whether the relay may help, and what is different for single cameras."""

    config_entry: HikConfigEntry
    _camera_id: str
    _relay: bool

    async def async_step_video(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask about the relay, and which camera is meant if one is."""
        if user_input is None:
            schema = _video_schema(Options(self.config_entry).relay, self._names())
            return self.async_show_form(step_id="video", data_schema=schema)
        self._relay = user_input[OPT_RELAY]
        if camera_id := user_input.get(CONF_CAMERA):
            self._camera_id = camera_id
            return await self.async_step_camera()
        return self._store({OPT_RELAY: self._relay})

    async def async_step_camera(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how one camera is shown."""
        if user_input is not None:
            minutes = int(user_input[OPT_DAILY_MINUTES])
            stored = {**user_input, OPT_DAILY_MINUTES: minutes}
            cameras = self.config_entry.options.get(OPT_VIDEO, {})
            video = {**cameras, self._camera_id: stored}
            return self._store({OPT_RELAY: self._relay, OPT_VIDEO: video})
        hls = self.config_entry.data[CONF_DIALECT] == DialectName.TEAMS
        shown = Options(self.config_entry).video(self._camera_id)
        return self.async_show_form(
            step_id="camera",
            data_schema=_camera_schema(shown, hls_offered=hls),
            description_placeholders=harmless(camera=self._names()[self._camera_id]),
        )

    def _names(self) -> dict[str, str]:
        cameras = self.config_entry.runtime_data.inventory.data.cameras
        return {camera_id: camera.name for camera_id, camera in cameras.items()}

    def _store(self, changes: dict[str, Any]) -> ConfigFlowResult:
        return self.async_create_entry(data={**self.config_entry.options, **changes})


def _video_schema(relay: bool, names: dict[str, str]) -> vol.Schema:
    cameras = [
        selector.SelectOptionDict(value=value, label=name)
        for value, name in names.items()
    ]
    return vol.Schema(
        {
            vol.Required(OPT_RELAY, default=relay): selector.BooleanSelector(),
            vol.Optional(CONF_CAMERA): selector.SelectSelector(
                selector.SelectSelectorConfig(
                    options=cameras,
                    mode=selector.SelectSelectorMode.DROPDOWN,
                    sort=True,
                )
            ),
        }
    )


def _camera_schema(shown: VideoOptions, *, hls_offered: bool) -> vol.Schema:
    choices = [one for one in Choice if hls_offered or one is not Choice.HLS]
    return vol.Schema(
        {
            vol.Required(OPT_TIER, default=shown.choice): _select(
                choices, "video_tier"
            ),
            vol.Required(OPT_QUALITY, default=shown.quality): _select(
                list(Quality), "video_quality"
            ),
            vol.Required(
                OPT_DAILY_MINUTES, default=shown.daily_minutes
            ): selector.NumberSelector(
                selector.NumberSelectorConfig(
                    min=0,
                    max=MINUTES_A_DAY,
                    mode=selector.NumberSelectorMode.BOX,
                    unit_of_measurement="min",
                )
            ),
        }
    )


def _select(options: Sequence[StrEnum], key: str) -> selector.SelectSelector:
    return selector.SelectSelector(
        selector.SelectSelectorConfig(
            options=[one.value for one in options], translation_key=key
        )
    )
