"""What keeps cameras from being shown natively, told as issues of the repairs."""

from collections.abc import Iterable
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..api.models.resources import Camera
from ..const import DOMAIN
from ..options import Options
from ..placeholders import harmless
from .settings import Choice
from .tiers import Tier, Tiers, Why

NOT_H264: Final = "video_not_h264"
ENCRYPTED: Final = "video_encrypted"
CODE_WRONG: Final = "video_code_wrong"
ISSUES: Final = (NOT_H264, ENCRYPTED, CODE_WRONG)


@callback
def async_update_issue(
    hass: HomeAssistant,
    entry: ConfigEntry,
    options: Options,
    tiers: Tiers,
    camera: Camera,
) -> None:
    """Raise the issue that names the cure for a camera, and withdraw healed ones."""
    wanted = _issue(options, tiers, camera)
    for kind in ISSUES:
        issue_id = f"{kind}_{entry.entry_id}_{camera.id}"
        if kind != wanted:
            ir.async_delete_issue(hass, DOMAIN, issue_id)
            continue
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=kind,
            translation_placeholders=harmless(camera=camera.name, account=entry.title),
        )


@callback
def async_withdraw_issues(
    hass: HomeAssistant, entry: ConfigEntry, camera_ids: Iterable[str]
) -> None:
    """Withdraw what is told of cameras."""
    for camera_id in camera_ids:
        for kind in ISSUES:
            issue_id = f"{kind}_{entry.entry_id}_{camera_id}"
            ir.async_delete_issue(hass, DOMAIN, issue_id)


def _issue(options: Options, tiers: Tiers, camera: Camera) -> str | None:
    if options.video(camera.id).choice is Choice.BROWSER:
        return None
    match tiers.obstacle(camera):
        case Why.CODE_WRONG:
            return CODE_WRONG
        case Why.ENCRYPTED if options.code(camera.device_serial) is None:
            return ENCRYPTED
        case Why.NOT_H264 if tiers.of(camera).tier is not Tier.RELAY:
            return NOT_H264
    return None
