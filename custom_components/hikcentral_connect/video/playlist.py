"""Playlists of HLS (RFC 8216), taken apart and put together again.

Nothing of a playlist is passed on as it came: of the tags only those that are known to
hold no address, and of the addresses none.
"""

from collections.abc import Callable
import re
from typing import Final

from ..api.errors import BadAnswer

START: Final = "#EXTM3U"
ADDRESSES_AT_MOST: Final = 2000
NO_SEGMENTS: Final = "empty"

_PLAIN: Final = frozenset(
    f"#EXT{name}"
    for name in (
        *("INF", "-X-VERSION", "-X-TARGETDURATION", "-X-MEDIA-SEQUENCE"),
        *("-X-DISCONTINUITY", "-X-DISCONTINUITY-SEQUENCE", "-X-PROGRAM-DATE-TIME"),
        *("-X-ENDLIST", "-X-PLAYLIST-TYPE", "-X-INDEPENDENT-SEGMENTS"),
    )
)
_OF_ADDRESS: Final = frozenset({"#EXT-X-STREAM-INF"})
"""Tags that tell of the address in the next line, and need no more than this."""
_REFUSED: Final = frozenset({"#EXT-X-KEY", "#EXT-X-MAP", "#EXT-X-BYTERANGE"})
"""Tags without which what follows cannot be played; the service is not known to use them."""
_ERROR: Final = re.compile(r"ErrCode/(\w{1,32})")


def rebuilt(playlist: str, place: Callable[[str], str]) -> str:
    """Return a playlist whose addresses are those that `place` gives for them.

    Raises `BadAnswer` for what is no playlist that could be played, and what `place`
    raises.
    """
    lines, addresses = [START], 0
    for line in lines_of(playlist)[1:]:
        tag, _, _ = line.partition(":")
        if tag in _REFUSED:
            raise BadAnswer(f"the playlist has a tag that is not played ({tag})")
        if tag in _OF_ADDRESS:
            lines.append(f"{tag}:BANDWIDTH=1")
        elif tag in _PLAIN:
            lines.append(line)
        elif not line.startswith("#"):
            addresses += 1
            if addresses > ADDRESSES_AT_MOST:
                raise BadAnswer("the playlist has too many addresses")
            lines.append(place(line))
    return "\n".join((*lines, ""))


def error_in(playlist: str) -> str | None:
    """Return the code of the error that a playlist shows, None if it shows video.

    Raises `BadAnswer` for what is no playlist.
    """
    lines = lines_of(playlist)
    addresses = [line for line in lines if not line.startswith("#")]
    for address in addresses:
        if found := _ERROR.search(address):
            return found[1].partition("_")[0]
    if not addresses and "#EXT-X-ENDLIST" in lines:
        return NO_SEGMENTS
    return None


def lines_of(playlist: str) -> list[str]:
    """Return the lines that are not empty; raise `BadAnswer` for what is no playlist."""
    if not playlist.startswith(START):
        raise BadAnswer("what came is not a playlist")
    return [line for one in playlist.splitlines() if (line := one.strip())]
