"""Regions of the service and the hosts that may be talked to."""

from enum import StrEnum
from ipaddress import ip_address
from typing import Final

from yarl import URL

API_DOMAINS: Final = ("hikcentralconnect.com", "hikcentralconnectru.com")
# Signed pictures and recordings also lie in the vendor's storage buckets; no token
# ever travels there.
MEDIA_DOMAINS: Final = (
    *API_DOMAINS,
    "ezvizlife.com",
    "ys7.com",
    "amazonaws.com",
    "aliyuncs.com",
)

STREAM_DOMAINS: Final = (*API_DOMAINS, "ezvizlife.com", "ys7.com")


class Region(StrEnum):
    """Regional servers (guide section 2.1, "hosts")."""

    SINGAPORE_INDIA = "isgp"
    EUROPE = "ieu"
    SOUTH_AMERICA = "isa"
    NORTH_AMERICA = "ius"
    RUSSIA = "ru"
    SINGAPORE_INDIA_TEAM = "isgp_team"
    EUROPE_TEAM = "ieu_team"
    SOUTH_AMERICA_TEAM = "isa_team"
    NORTH_AMERICA_TEAM = "ius_team"

    @property
    def url(self) -> URL:
        """Address at which an account of this region logs in."""
        if self is Region.RUSSIA:
            return URL("https://hikcentralconnectru.com")
        return URL(f"https://{self.replace('_', '-')}.hikcentralconnect.com")


def read_url(address: str) -> URL:
    """Return an address; raise `ValueError` if it, or its host or port, is broken.

    `URL` alone looks at host and port when they are asked for, and raises then.
    """
    url = URL(address)
    host, _ = url.host, url.port
    if host is not None and ":" in host:
        ip_address(host)
    return url


def may_hold_token(url: URL, home: URL) -> bool:
    """Tell whether the token may be sent to `url`.

    `home` is the address the owner chose: a vendor host or one typed by hand.
    """
    return _same_origin(url, home) or _is_https_under(url, API_DOMAINS)


def may_hold_media(url: URL, home: URL) -> bool:
    """Tell whether a picture or recording may be fetched from `url`."""
    return _same_origin(url, home) or _is_https_under(url, MEDIA_DOMAINS)


def may_hold_stream(url: URL, home: URL) -> bool:
    """Tell whether a stream may be opened at `url`, with a token of streaming.

    It is an address of HTTP, or of WebSockets by the name of the HTTP behind it.
    """
    schemes = {"ws": "http", "wss": "https"}
    url = url.with_scheme(schemes.get(url.scheme, url.scheme)) if url.host else url
    return _same_origin(url, home) or _is_https_under(url, STREAM_DOMAINS)


def _same_origin(url: URL, home: URL) -> bool:
    return bool(url.scheme) and url.is_absolute() and url.origin() == home.origin()


def _is_https_under(url: URL, domains: tuple[str, ...]) -> bool:
    if url.scheme != "https" or url.host is None:
        return False
    return any(url.host == name or url.host.endswith(f".{name}") for name in domains)
