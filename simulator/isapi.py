"""What the simulated devices themselves answer: a little of ISAPI.

ISAPI belongs to neither contract: the guide only carries it. The simulated devices know
their own description, their disks and, if they are door stations, their call state;
everything else they refuse as not supported, the way the guide's example does.
"""

from collections.abc import Callable
from dataclasses import dataclass
import json
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from .account import Account
from .world.places import Category, Device

SCHEMA = "http://www.isapi.org/ver20/XMLSchema"
INVALID_OPERATION = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A request that reached a device."""

    account: Account
    device: Device
    method: str
    url: str

    @property
    def path(self) -> str:
        """Return the URL's path."""
        return urlsplit(self.url).path

    @property
    def json(self) -> bool:
        """Return whether JSON is asked for."""
        return parse_qs(urlsplit(self.url).query).get("format") == ["json"]


def ask(question: Question) -> str:
    """Return the device's answer: XML or JSON, also if it is a refusal."""
    answer = ANSWERS.get(question.path)
    if not answer:
        return _refusal(question, "notSupport")
    if question.method != "GET":
        return _refusal(question, "methodNotAllowed")
    return answer(question) or _refusal(question, "notSupport")


def _device_info(question: Question) -> str:
    device = question.device
    root = _root("DeviceInfo")
    version, _, build = device.version.partition(" ")
    for tag, text in (
        ("deviceName", device.name),
        ("deviceID", device.id),
        ("model", device.model),
        ("serialNumber", f"{device.model}{device.serial}"),
        ("firmwareVersion", version),
        ("firmwareReleasedDate", build),
        ("deviceType", TYPES[device.category]),
    ):
        SubElement(root, tag).text = text
    return _xml(root)


def _storage(question: Question) -> str | None:
    disks = question.account.world.disks.of(question.device.id)
    if not disks:
        return None
    root = _root("storage")
    hdds = SubElement(root, "hddList")
    for disk in disks:
        hdd = SubElement(hdds, "hdd")
        for tag, text in (
            ("id", str(disk.number)),
            ("hddName", f"hdd{disk.number}"),
            ("hddType", "SATA"),
            ("status", disk.state.value),
            ("capacity", str(disk.capacity)),
            ("freeSpace", str(disk.free)),
            ("property", "RW"),
        ):
            SubElement(hdd, tag).text = text
    return _xml(root)


def _call_status(question: Question) -> str | None:
    if question.device.category is not Category.INTERCOM:
        return None
    rings = question.account.happen.rings(question.device)
    return json.dumps({"CallStatus": {"status": "ring" if rings else "idle"}})


ANSWERS: dict[str, Callable[[Question], str | None]] = {
    "/ISAPI/System/deviceInfo": _device_info,
    "/ISAPI/ContentMgmt/Storage": _storage,
    "/ISAPI/VideoIntercom/callStatus": _call_status,
}
TYPES = {
    Category.ENCODING: "NVR",
    Category.MOBILE: "MobileDVR",
    Category.ALARM: "SecurityCP",
    Category.ACCESS: "ACS",
    Category.INTERCOM: "VIS",
}


def _refusal(question: Question, reason: str) -> str:
    if question.json:
        return json.dumps(
            {
                "requestURL": question.path,
                "statusCode": INVALID_OPERATION,
                "statusString": "Invalid Operation",
                "subStatusCode": reason,
            }
        )
    root = _root("ResponseStatus")
    SubElement(root, "requestURL").text = question.path
    SubElement(root, "statusCode").text = str(INVALID_OPERATION)
    SubElement(root, "statusString").text = "Invalid Operation"
    SubElement(root, "subStatusCode").text = reason
    return _xml(root)


def _root(tag: str) -> Element:
    return Element(tag, {"version": "2.0", "xmlns": SCHEMA})


def _xml(root: Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8" ?>' + tostring(root, "unicode")
