"""Alarm linkages: what else is to happen when a rule fires (guide 5.3.2).

They are kept with their rule and have no effect. An item that names an unknown
rule, camera or alarm output becomes a row with VMS000003. The fields of the linked
resources are those of the example and of A.3.26.
"""

from typing import Any

from simulator.contract import (
    Json,
    ListOf,
    Mistake,
    Problem,
    Request,
    Text,
    group,
    may,
    need,
)
from simulator.world import World

from .api import api, number

UNKNOWN = "VMS000003"
CONFIGS = {
    "LinkCamera": "linkCamera",
    "LinkCapturePicture": "linkCapturePicture",
    "LinkAlarmOutput": "linkAlarmOutput",
    "LinkEMail": "linkEmail",
}
RESOURCES = ListOf(
    group(
        need("id", Text(32)),
        may("name", Text(64)),
        may("areaID", Text()),
        may("areaName", Text()),
        may("resourceType", Text(number=True)),
    )
)
SECONDS = Text(64, number=True)


@api.post(
    "alarm/v1/alarmlinkage/add",
    need(
        "alarmLinkage",
        ListOf(
            group(
                need("alarmRuleID", Text(32)),
                may(
                    "linkageItem",
                    ListOf(
                        group(
                            need("linkageType", Text(64, choices=tuple(CONFIGS))),
                            need(
                                "linkageConfig",
                                group(
                                    may(
                                        "linkCamera",
                                        group(
                                            may("preRecordTime", SECONDS),
                                            may("postRecordTime", SECONDS),
                                            may("camera", RESOURCES),
                                            may("relateType", number(1, 2)),
                                            may(
                                                "selfRelated",
                                                group(may("storageType", number())),
                                            ),
                                        ),
                                    ),
                                    may(
                                        "linkCapturePicture",
                                        group(
                                            may("captureInterval", number(0)),
                                            may("captureMode", number(1, 2)),
                                            may("camera", RESOURCES),
                                        ),
                                    ),
                                    may(
                                        "linkAlarmOutput",
                                        group(
                                            may("autoClose", number(0, 1)),
                                            may("autoCloseTime", number(0)),
                                            may("alarmOutput", RESOURCES),
                                        ),
                                    ),
                                    may(
                                        "linkEmail",
                                        group(
                                            may("emailTemplateId", Text(64)),
                                            may("emailTemplateName", Text(64)),
                                        ),
                                    ),
                                ),
                            ),
                        )
                    ),
                    [],
                ),
            )
        ),
    ),
)
def add(request: Request) -> Json:
    """Add linkages to rules; what failed becomes a row with its own code."""
    world = request.account.world
    rows = [
        _add(world, one["alarmRuleID"], item)
        for one in request.body["alarmLinkage"]
        for item in one["linkageItem"]
    ]
    return {"alarmLinkage": rows}


def _add(world: World, rule_id: str, item: dict[str, Any]) -> dict[str, str]:
    """Return an AlarmLinkage (A.3.19)."""
    name = CONFIGS[item["linkageType"]]
    if (config := item["linkageConfig"][name]) is None:
        raise Mistake(Problem.MISSING, name)
    row = {"alarmRuleID": rule_id, "itemID": "", "linkageType": item["linkageType"]}
    rule = world.alarm_rules.get(rule_id)
    if not rule or not _known(world, config):
        return row | {"errorCode": UNKNOWN}
    row["itemID"] = world.ids.unique("linkage")
    rule.linkages.append({"itemID": row["itemID"], **item})
    return row | {"errorCode": "0"}


def _known(world: World, config: dict[str, Any]) -> bool:
    """Return whether the linked cameras and alarm outputs exist."""
    cameras = {one["id"] for one in config.get("camera") or ()}
    outputs = {one["id"] for one in config.get("alarmOutput") or ()}
    return world.cameras.keys() >= cameras and world.alarm_outputs.keys() >= outputs
