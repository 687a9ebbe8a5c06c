"""Every code of the contracts has the error that the callers tell apart."""

import pytest

from custom_components.hikcentral_connect.api import errors
from custom_components.hikcentral_connect.api.errors import error_for, known_codes

REFERENCE = {
    "0x1001": errors.InvalidRequest,
    "0x1002": errors.InvalidRequest,
    "0x1003": errors.InvalidRequest,
    "0x2001": errors.TokenRejected,
    "0x2002": errors.KeyUnknown,
    "0x2003": errors.SecretWrong,
    "0x2004": errors.TokenRejected,
    "0x2005": errors.PermissionDenied,
    "0x2006": errors.RateLimited,
    "0x3001": errors.NotFound,
    "0x3002": errors.AlreadyExists,
    "0x3003": errors.LimitReached,
    "0x3004": errors.DeviceOffline,
    "0x3005": errors.DeviceBusy,
    "0x3006": errors.NotFound,
    "0x3007": errors.CodeWrong,
    "0x4001": errors.StreamFailed,
    "0x4002": errors.RecordingNotFound,
    "0x4003": errors.StreamTokenExpired,
    "0x5001": errors.SubscriptionRefused,
    "0x5002": errors.QueueLost,
    "0x5003": errors.BatchUnknown,
    "0x6001": errors.PhotoRefused,
    "0x6002": errors.AlreadyExists,
    "0x6003": errors.PhotoRefused,
    "0x7001": errors.DeviceRefused,
    "0x7002": errors.DoorNotConfigured,
    "0x8001": errors.ServiceUnreachable,
    "0x8002": errors.ServiceUnreachable,
    "0x8003": errors.ServiceUnreachable,
}
"""The table "Error Codes" of the reference, whole."""

TEAMS = {
    "OPEN000001": errors.KeyUnknown,
    "OPEN000002": errors.SecretWrong,
    "OPEN300002": errors.SecretWrong,
    "OPEN000003": errors.KeyRevoked,
    "OPEN000004": errors.KeyRevoked,
    "OPEN000005": errors.KeyRevoked,
    "OPEN000006": errors.TokenRejected,
    "OPEN000007": errors.TokenRejected,
    "500004": errors.TokenRejected,
    "10002": errors.TokenRejected,
    "20004": errors.TokenRejected,
    "OPEN000008": errors.InvalidRequest,
    "OPEN000009": errors.ServiceUnreachable,
    "OPEN000010": errors.InvalidRequest,
    "OPEN000012": errors.BatchUnknown,
    "OPEN000013": errors.BatchUnknown,
    "OPEN000016": errors.QueueLost,
    "OPEN000018": errors.ServiceUnreachable,
    "OPEN000019": errors.ServiceUnreachable,
    "OPEN000021": errors.PermissionDenied,
    "OPEN000022": errors.PermissionDenied,
    "OPEN000024": errors.LimitReached,
    "OPEN000025": errors.InvalidRequest,
    "OPEN000026": errors.InvalidRequest,
    "OPEN000027": errors.InvalidRequest,
    "OPEN000029": errors.InvalidRequest,
    "OPEN000030": errors.InvalidRequest,
    "OPEN000031": errors.NotFound,
    "OPEN000503": errors.NotFound,
    "OPEN000554": errors.DeviceOffline,
    "OPEN000555": errors.DeviceBusy,
    "OPEN000556": errors.DeviceRefused,
    "EVZ10001": errors.CodeWrong,
    "EVZ10002": errors.StreamTokenExpired,
    "EVZ20002": errors.NotFound,
    "EVZ20007": errors.DeviceOffline,
    "EVZ20008": errors.DeviceBusy,
    "EVZ20018": errors.NotFound,
    "EVZ60019": errors.StreamEncrypted,
    "VMS000003": errors.NotFound,
    "VMS000005": errors.PermissionDenied,
    "VMS000009": errors.RateLimited,
    "VMS004005": errors.PermissionDenied,
    "VMS021101": errors.NotFound,
    "VMS021314": errors.DeviceOffline,
    "VMS022535": errors.NotSupported,
    "VMS022543": errors.DeviceOffline,
    "VMS038019": errors.CallGone,
    "VMS038027": errors.CallGone,
    "VMS038029": errors.CallGone,
    "CCF000001": errors.InvalidRequest,
    "CCF000005": errors.PermissionDenied,
    "CCF021008": errors.NotSupported,
    "CCF038009": errors.NotFound,
    "CCF038029": errors.LimitReached,
    "LAP000004": errors.RateLimited,
}
"""The codes of guide sections 2.1 and 3.1 and those the door commands answer."""


@pytest.mark.parametrize("table", [REFERENCE, TEAMS], ids=["reference", "teams"])
def test_codes(table: dict[str, type[errors.HikError]]) -> None:
    """Each code becomes just its error, which carries what the service said."""
    told = {code: error_for(code, "the text") for code in table}
    assert {code: type(error) for code, error in told.items()} == table
    for code, error in told.items():
        assert str(error) == f"the text ({code})"


def test_no_code_stands_twice() -> None:
    """One code has one meaning."""
    codes = [code for line in errors._CODES.values() for code in line.split()]
    codes += errors._UNAVAILABLE
    assert len(codes) == len(set(codes))
    assert set(known_codes()) == set(codes)


def test_every_known_code_has_an_error_of_its_own() -> None:
    """No known code ends as a bare refusal."""
    for code in known_codes():
        assert type(error_for(code)) is not errors.ServiceRefused


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AK_NOT_FOUND", errors.KeyUnknown),
        ("SECRET_KEY_NOT_EQUALS", errors.SecretWrong),
        ("TOKEN_NOT_FOUND", errors.TokenRejected),
        ("anything else", errors.ServiceRefused),
        ("", errors.ServiceRefused),
    ],
)
def test_unknown_code(text: str, kind: type[errors.HikError]) -> None:
    """Of a code that no table has, the text may tell the meaning."""
    error = error_for("NEW000001", text)
    assert type(error) is kind
    assert isinstance(error, errors.ServiceRefused)
    assert error.code == "NEW000001"


def test_refused_keys_are_not_refused_tokens() -> None:
    """What asks the owner for new keys is apart from what logs in again."""
    for kind in (errors.KeyUnknown, errors.SecretWrong, errors.KeyRevoked):
        assert issubclass(kind, errors.LoginRefused)
    assert not issubclass(errors.TokenRejected, errors.LoginRefused)
