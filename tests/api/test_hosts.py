"""Who may be talked to."""

import pytest
from yarl import URL

from custom_components.hikcentral_connect.api.hosts import (
    Region,
    may_hold_media,
    may_hold_token,
)

HOME = URL("http://127.0.0.1:8123")


@pytest.mark.parametrize("region", list(Region), ids=str)
def test_every_region_is_the_vendors(region: Region) -> None:
    """Each region has an address over TLS that may get the token."""
    assert region.url.scheme == "https"
    assert may_hold_token(region.url, HOME)
    assert may_hold_media(region.url, HOME)


def test_addresses_of_the_regions() -> None:
    """The hosts of guide section 2.1."""
    assert str(Region.EUROPE.url) == "https://ieu.hikcentralconnect.com"
    assert str(Region.EUROPE_TEAM.url) == "https://ieu-team.hikcentralconnect.com"
    assert str(Region.RUSSIA.url) == "https://hikcentralconnectru.com"


@pytest.mark.parametrize(
    ("address", "token", "media"),
    [
        ("http://127.0.0.1:8123/x", True, True),
        ("http://127.0.0.1:8124/x", False, False),
        ("https://127.0.0.1:8123/x", False, False),
        ("http://localhost:8123/x", False, False),
        ("https://HIKCENTRALCONNECT.COM/x", True, True),
        ("https://a.b.hikcentralconnect.com/x", True, True),
        ("http://ieu.hikcentralconnect.com/x", False, False),
        ("https://nothikcentralconnect.com/x", False, False),
        ("https://hikcentralconnect.com.example/x", False, False),
        ("https://hikcentralconnect.com@example/x", False, False),
        ("https://bucket.s3.amazonaws.com/x", False, True),
        ("https://ieuopen.ezvizlife.com/x", False, True),
        ("https://amazonaws.com.example/x", False, False),
        ("//hikcentralconnect.com/x", False, False),
        ("hikcentralconnect.com", False, False),
        ("/x", False, False),
        ("", False, False),
    ],
)
def test_hosts(address: str, token: bool, media: bool) -> None:
    """The token goes to few, and pictures come from a few more."""
    assert may_hold_token(URL(address), HOME) is token
    assert may_hold_media(URL(address), HOME) is media
