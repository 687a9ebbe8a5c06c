"""HLS addresses of the service: whether what lies behind one can be played.

For H.265 and other cameras the service gives an address whose playlist holds an error
picture (guide section 2.5), so a playlist is read before anybody else gets to see it.
"""

import re
from typing import Final

import aiohttp
from yarl import URL

from ..api.errors import BadAnswer, ServiceUnreachable, StreamFailed
from ..api.hosts import may_hold_stream, read_url

PLAYLIST_AT_MOST: Final = 256 * 1024
TIMEOUT: Final = aiohttp.ClientTimeout(total=8, sock_connect=5)

NO_SEGMENTS: Final = "empty"
_ERROR: Final = re.compile(r"ErrCode/(\w{1,32})")


def error_in(playlist: str) -> str | None:
    """Return the code of the error that a playlist shows, None if it shows video.

    Raises `BadAnswer` for what is no playlist.
    """
    if not playlist.startswith("#EXTM3U"):
        raise BadAnswer("what came is not a playlist")
    lines = [line.strip() for line in playlist.splitlines()]
    addresses = [line for line in lines if line and not line.startswith("#")]
    for address in addresses:
        if found := _ERROR.search(address):
            return found[1].partition("_")[0]
    if not addresses and "#EXT-X-ENDLIST" in lines:
        return NO_SEGMENTS
    return None


async def async_error_at(
    http: aiohttp.ClientSession, address: str, home: URL
) -> str | None:
    """Read the playlist at an address of the service and return `error_in` it.

    Raises `BadAnswer`, `StreamFailed` if it is refused, and `ServiceUnreachable`. No
    error names the address, which lets anybody watch.
    """
    try:
        url = read_url(address)
    except ValueError:
        raise BadAnswer("the address of the stream is broken") from None
    if not may_hold_stream(url, home):
        raise BadAnswer(f"the stream lies on a foreign host ({url.host})")
    try:
        async with http.get(url, allow_redirects=False, timeout=TIMEOUT) as response:
            if response.status != 200:
                raise StreamFailed(f"HTTP {response.status}")
            content = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                content += chunk
                if len(content) > PLAYLIST_AT_MOST:
                    raise BadAnswer("the playlist is too large")
    except aiohttp.ClientError, TimeoutError:
        raise ServiceUnreachable("the stream's playlist could not be read") from None
    return error_in(content.decode(errors="replace"))
