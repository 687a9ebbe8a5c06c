"""Pictures behind the addresses that the service hands out."""

from typing import Final

import aiohttp
from yarl import URL

from .body import read_at_most
from .errors import BadAnswer, ServiceUnreachable
from .hosts import may_hold_media, read_url

PICTURE_AT_MOST: Final = 10 * 1024 * 1024
TIMEOUT: Final = aiohttp.ClientTimeout(total=15, sock_connect=8)


async def fetch_media(http: aiohttp.ClientSession, address: str, home: URL) -> bytes:
    """Return the bytes behind an address of the vendor; no token is sent along."""
    url = _vetted(address, home)
    try:
        async with http.get(url, allow_redirects=False, timeout=TIMEOUT) as response:
            if response.status != 200:
                raise BadAnswer(f"the picture answers HTTP {response.status}")
            return await read_at_most(response, PICTURE_AT_MOST, "the picture")
    except (aiohttp.ClientError, TimeoutError) as err:
        raise ServiceUnreachable("the picture could not be fetched") from err


def _vetted(address: str, home: URL) -> URL:
    """Return the address if it may be fetched.

    Some answers repeat the host in front of the address (guide section 2.2).
    """
    start = max(address.rfind("https://"), address.rfind("http://"), 0)
    try:
        url = read_url(address[start:])
    except ValueError:
        raise BadAnswer("the address of the picture is broken") from None
    if not may_hold_media(url, home):
        raise BadAnswer(f"the picture lies on a foreign host ({url.host})")
    return url
