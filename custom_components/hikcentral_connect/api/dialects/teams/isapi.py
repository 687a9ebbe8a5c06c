"""ISAPI pass-through of teams (guide section 2.2, `isapi/proxypass`)."""

from typing import Final

import orjson

from ... import checks, xml
from ...call import Call, Kind, without_empty
from ...errors import (
    BadAnswer,
    DeviceBusy,
    DeviceRefused,
    FieldInvalid,
    InvalidRequest,
    NotSupported,
    PermissionDenied,
    ServiceRefused,
)
from ...models.isapi import IsapiAnswer, IsapiMethod, IsapiRequest, IsapiStatus
from ...row import Row

STATUS_AT_MOST: Final = 16 * 1024
"""Characters; what is longer is data and no ResponseStatus."""

_SUCCEEDED: Final = (0, 1, 7)
_BY_SUB_CODE: Final[dict[str, type[ServiceRefused]]] = {
    "notSupport": NotSupported,
    "methodNotAllowed": NotSupported,
    "lowPrivilege": PermissionDenied,
    "unauthorized": PermissionDenied,
    "deviceBusy": DeviceBusy,
}
_BY_CODE: Final[dict[int, type[ServiceRefused]]] = {
    2: DeviceBusy,
    5: InvalidRequest,
    6: InvalidRequest,
}


def send(request: IsapiRequest) -> Call[IsapiAnswer]:
    """Send a request to a device (section 2.2).

    The outer code is "0" even when the device refused; its refusal is raised:
    `NotSupported`, `PermissionDenied`, `DeviceBusy`, `InvalidRequest`, else
    `DeviceRefused`. Everything but GET counts as a command and is sent once.
    """
    return _call("video/v1/isapi/proxypass", request)


def send_by_proxy(request: IsapiRequest) -> Call[IsapiAnswer]:
    """Send the same as `send` by way of Hik-Connect (section 2.2)."""
    return _call("proxy/v1/isapi/proxypass", request)


def _call(path: str, request: IsapiRequest) -> Call[IsapiAnswer]:
    return Call(
        path,
        _read_answer,
        without_empty(
            method=request.method.value,
            url=_path(request.path),
            id=checks.text("device_id", request.device_id, 64),
            contentType=request.content_type.value,
            body=request.body,
        ),
        Kind.READ if request.method is IsapiMethod.GET else Kind.COMMAND,
    )


def _path(path: str) -> str:
    if not path.startswith("/ISAPI/") or not path.isprintable() or " " in path:
        raise FieldInvalid("path", "must start with /ISAPI/ and have no blanks")
    return path


def _read_answer(answer: Row) -> IsapiAnswer:
    body = _body(answer)
    status = _read_status(body)
    if status is not None and status.code not in _SUCCEEDED:
        raise _refusal(status)
    return IsapiAnswer(body, status)


def _body(answer: Row) -> str:
    if answer.raw is None:
        return ""
    if isinstance(answer.raw, str):
        return answer.raw
    try:
        return orjson.dumps(answer.raw).decode()
    except TypeError:
        raise BadAnswer("the answer of the device is nested too deeply") from None


def _refusal(status: IsapiStatus) -> ServiceRefused:
    sub_code = status.sub_code or ""
    kind = _BY_SUB_CODE.get(sub_code) or _BY_CODE.get(status.code, DeviceRefused)
    return kind(sub_code or f"ISAPI {status.code}", status.text or "")


def _read_status(body: str) -> IsapiStatus | None:
    text = body.strip().removeprefix("\ufeff")
    if len(text) > STATUS_AT_MOST:
        return None
    if text.startswith("<"):
        fields = _xml_fields(text)
    elif text.startswith("{"):
        fields = _json_fields(text)
    else:
        return None
    code = fields.integer_or_none("statusCode")
    if code is None:
        return None
    return IsapiStatus(
        code=code,
        text=fields.text_or_none("statusString"),
        sub_code=fields.text_or_none("subStatusCode"),
    )


def _xml_fields(text: str) -> Row:
    """Return the fields of a ResponseStatus; of any other XML, none."""
    root = xml.parse(text)
    if root is None or xml.local(root) != "ResponseStatus":
        return Row({})
    return Row(xml.fields(root))


def _json_fields(text: str) -> Row:
    try:
        fields = orjson.loads(text)
    except orjson.JSONDecodeError:
        return Row({})
    inner = fields.get("ResponseStatus")
    return Row(inner if isinstance(inner, dict) else fields)
