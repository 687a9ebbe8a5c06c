"""Every way in which the service can fail us, as one small tree of errors.

`HikError` is the root. `ServiceRefused` and its children carry the service's own code
and text; `error_for` chooses the child from the tables of both contracts (reference
"Error Codes"; guide section 3.1 and the maker's error list).
"""

from collections.abc import Iterable
from typing import Final


class HikError(Exception):
    """Root of all errors of the client."""


class ServiceUnreachable(HikError):
    """No answer came: no connection, time-out, or the service is down."""


class NotConnected(ServiceUnreachable):
    """No connection could be made, so that nothing was sent."""


class BadAnswer(HikError):
    """An answer came but it is not what the contract promises."""


class OutcomeUnknown(HikError):
    """A command was sent and its answer lost: it may or may not have been done."""


class PictureEncrypted(HikError):
    """The picture is encrypted and the device verification code is not known."""


class NotOffered(HikError):
    """The service of the account has no such operation."""


class FieldInvalid(HikError):
    """A value breaks a limit of the contract; nothing was sent."""

    def __init__(self, field: str, reason: str) -> None:
        """Name the field and say what is wrong with it."""
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class ServiceRefused(HikError):
    """The service answered with an error code."""

    def __init__(self, code: str, text: str = "") -> None:
        """Keep the service's own code and text."""
        super().__init__(f"{text} ({code})" if text else code)
        self.code = code
        self.text = text


class LoginRefused(ServiceRefused):
    """The keys do not open the account."""


class KeyUnknown(LoginRefused):
    """No such AppKey in this region."""


class SecretWrong(LoginRefused):
    """The SecretKey does not belong to the AppKey."""


class KeyRevoked(LoginRefused):
    """The AppKey exists but the account behind it is gone or unlinked."""


class TokenRejected(ServiceRefused):
    """The token is unknown, broken or expired."""


class PermissionDenied(ServiceRefused):
    """The keys lack the right to do this."""


class RateLimited(ServiceRefused):
    """Too many requests in a short time."""


class InvalidRequest(ServiceRefused):
    """The service does not accept a parameter."""


class NotFound(ServiceRefused):
    """The thing addressed is not in this account."""


class AlreadyExists(ServiceRefused):
    """Something with this name, serial or number is there already."""


class LimitReached(ServiceRefused):
    """The package or the service allows no more of these."""


class DeviceOffline(ServiceRefused):
    """The device has no connection to the service."""


class DeviceBusy(ServiceRefused):
    """The device is occupied or did not answer in time."""


class DeviceRefused(ServiceRefused):
    """The device answered that it cannot do this."""


class NotSupported(ServiceRefused):
    """The device or its firmware lacks this function."""


class CodeWrong(ServiceRefused):
    """The device verification code is wrong or malformed."""


class StreamEncrypted(ServiceRefused):
    """The stream is encrypted and needs the device verification code."""


class StreamFailed(ServiceRefused):
    """The stream could not be opened."""


class RecordingNotFound(ServiceRefused):
    """Nothing was recorded in the time asked for."""


class StreamTokenExpired(ServiceRefused):
    """The stream token is no longer valid."""


class SubscriptionRefused(ServiceRefused):
    """The service does not know one of the event types subscribed to."""


class QueueLost(ServiceRefused):
    """The subscription of a message queue does not exist (any more)."""


class BatchUnknown(ServiceRefused):
    """The acknowledged messages are not (or no longer) waiting."""


class PhotoRefused(ServiceRefused):
    """The photo shows no usable face or is too large."""


class DoorNotConfigured(ServiceRefused):
    """The door is not set up for remote control."""


class CallGone(ServiceRefused):
    """The intercom call was answered, cancelled or never existed."""


SUCCESS: Final = "0"

_UNAVAILABLE: Final = frozenset(
    [
        "0x8001",
        "0x8002",
        "0x8003",
        "OPEN000000",
        "OPEN000009",
        "OPEN000018",
        "OPEN000019",
        "OPEN000023",
        "VMS000000",
        "VMS000004",
        "VMS000007",
        "VMS000008",
        "VMS001000",
        "VMS001001",
    ]
)

_CODES: Final[dict[type[ServiceRefused], str]] = {
    KeyUnknown: "0x2002 OPEN000001",
    SecretWrong: "0x2003 OPEN000002 OPEN300002",
    KeyRevoked: "OPEN000003 OPEN000004 OPEN000005",
    TokenRejected: "0x2001 0x2004 500004 10002 20004 OPEN000006 OPEN000007",
    PermissionDenied: "0x2005 OPEN000021 OPEN000022 VMS000005 VMS004005 CCF000005",
    # LAP000004, "service calling blow", is a tripped circuit breaker: wait as well.
    RateLimited: "0x2006 VMS000009 LAP000004",
    InvalidRequest: (
        "0x1001 0x1002 0x1003 OPEN000008 OPEN000010 OPEN000014 OPEN000025 OPEN000026 "
        "OPEN000027 OPEN000028 OPEN000029 OPEN000030 VMS000001 VMS051026 VMS051027 "
        "VMS051028 "
        "CCF000001 CCF038002 CCF038005 CCF038014 CCF038015 CCF038016 CCF038017 "
        "CCF038019 CCF038020 CCF038021 CCF038022 CCF038036 CCF038037 CCF038038 "
        "CCF038061 CCF038066 LAP000001 VMS040003 VMS040004 VMS040005 VMS040012 "
        "VMS040015 VMS021309 VMS038011 CCF038031 "
        "OPEN010001 OPEN010002 OPEN010004 OPEN010005 OPEN010007"
    ),
    NotFound: (
        "0x3001 0x3006 EVZ20014 VMS021315 OPEN000011 OPEN000031 OPEN000501 OPEN000503 EVZ20002 EVZ20018 VMS000003 VMS003002 "
        "VMS004004 VMS021101 VMS021110 VMS021307 VMS038028 VMS040016 "
        "CCF021307 CCF038009 CCF038023 CCF038025 CCF038026 CCF038035 CCF038042 "
        "CCF038064 CCF038065 VMS040120"
    ),
    AlreadyExists: (
        "0x3002 0x6002 EVZ20013 EVZ20017 VMS021102 VMS021103 VMS021108 VMS021109 "
        "VMS021302 VMS021303 VMS021305 VMS021316 VMS023003 VMS038014 VMS038026 "
        "VMS040002 VMS023008 OPEN000510 OPEN000511 "
        "CCF021103 CCF038024 CCF038034 CCF038052 CCF038055 CCF038067 CCF038068 "
        "CCF038089"
    ),
    LimitReached: (
        "0x3003 OPEN000024 VMS021104 VMS021105 VMS021106 VMS021107 VMS021311 VMS038005 "
        "VMS040013 VMS051025 CCF038029 "
        "CCF038032 CCF038039 VMS040011 VMS040014 VMS040017"
    ),
    DeviceOffline: "0x3004 OPEN000554 EVZ20007 VMS020007 VMS021314 VMS022543",
    DeviceBusy: (
        "0x3005 OPEN000555 EVZ20008 VMS021301 VMS021306 VMS021308 VMS040020 "
        "THD_ISAPI_0x20000004"
    ),
    DeviceRefused: (
        "0x7001 OPEN000556 VMS022531 VMS022533 VMS022553 CCF038084 CCF038085"
    ),
    NotSupported: "VMS021008 VMS022535 VMS040116 VMS040122 CCF021008",
    CodeWrong: "0x3007 EVZ10001 EVZ20010",
    StreamEncrypted: "EVZ60019",
    StreamFailed: "0x4001",
    RecordingNotFound: "0x4002 OPEN000502",
    StreamTokenExpired: "0x4003 EVZ10002",
    SubscriptionRefused: "0x5001",
    QueueLost: "0x5002 OPEN000016",
    BatchUnknown: "0x5003 OPEN000012 OPEN000013",
    PhotoRefused: (
        "0x6001 0x6003 "
        "CCF038028 CCF038062 THD_ISAPI_0x60000030 THD_ISAPI_0x60000035 "
        "THD_ISAPI_0x60000036 THD_ISAPI_0x60000037 THD_ISAPI_0x6000003B "
        "THD_ISAPI_0x6000003C THD_ISAPI_0x6000003D THD_ISAPI_0x6000003E"
    ),
    DoorNotConfigured: "0x7002",
    CallGone: "VMS038019 VMS038027 VMS038029",
}

_TYPE_OF: Final[dict[str, type[ServiceRefused]]] = {
    code: kind for kind, codes in _CODES.items() for code in codes.split()
}

# Live servers are known to name the cause in the text when the code is unlisted.
_TYPE_BY_TEXT: Final[tuple[tuple[str, type[ServiceRefused]], ...]] = (
    ("AK_NOT_FOUND", KeyUnknown),
    ("SECRET_KEY", SecretWrong),
    ("TOKEN_", TokenRejected),
)


def error_for(code: str, text: str = "") -> HikError:
    """Return the error that stands for a code of either contract."""
    if code in _UNAVAILABLE:
        return ServiceUnreachable(f"{text} ({code})" if text else code)
    return (_TYPE_OF.get(code) or _type_by(text))(code, text)


def known_codes() -> Iterable[str]:
    """Return every code that has an error of its own."""
    return (*_TYPE_OF, *_UNAVAILABLE)


def _type_by(text: str) -> type[ServiceRefused]:
    for part, kind in _TYPE_BY_TEXT:
        if part in text:
            return kind
    return ServiceRefused
