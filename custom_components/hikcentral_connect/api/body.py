"""Reading bodies of answers, never more than they may have."""

from typing import Final

import aiohttp

from .errors import BadAnswer

CHUNK: Final = 64 * 1024


async def read_at_most(
    response: aiohttp.ClientResponse, most: int, what: str = "the answer"
) -> bytes:
    """Return a body, unpacked; raise `BadAnswer` as soon as it has more bytes.

    Neither what the head says of its length nor what it was packed to counts.
    """
    if (response.content_length or 0) > most:
        raise BadAnswer(f"{what} is too large")
    content = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        content += chunk
        if len(content) > most:
            raise BadAnswer(f"{what} is too large")
    return bytes(content)
