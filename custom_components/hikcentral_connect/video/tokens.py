"""The account's streaming token, which opens every camera: it never leaves here."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from ..api import Client
from ..api.models.platform import StreamToken

RENEW_BEFORE_END: Final = timedelta(hours=12)
KEPT_AT_MOST: Final = timedelta(days=1)
"""For a service that does not say how long the token lives."""


class StreamTokens:
    """Keeps the token and asks for it once, however many want it."""

    def __init__(self, client: Client) -> None:
        """Ask `client`, when there is need."""
        self._client = client
        self._lock = asyncio.Lock()
        self._token: StreamToken | None = None
        self._good_until = datetime.min.replace(tzinfo=UTC)

    async def get(self, refused: StreamToken | None = None) -> StreamToken:
        """Return a token that lives, and another one than the service `refused`."""
        async with self._lock:
            if (
                self._token is None
                or self._token == refused
                or datetime.now(UTC) >= self._good_until
            ):
                self._token = await self._client.platform.stream_token()
                end = self._token.expires
                self._good_until = (
                    end - RENEW_BEFORE_END if end else datetime.now(UTC) + KEPT_AT_MOST
                )
            return self._token
