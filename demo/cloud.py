"""Asks the simulator, through its control interface, what it simulates."""

from aiohttp import ClientError, ClientSession

from .hass import Json


class Cloud:
    """The simulated cloud at ``url``."""

    def __init__(self, session: ClientSession, url: str) -> None:
        """Remember where it is; ``url`` has no slash at the end."""
        self.url = url
        self._session = session

    async def answers(self) -> bool:
        """Return whether it is up."""
        try:
            async with self._session.get(self._state) as response:
                return response.ok
        except ClientError:
            return False

    async def account(self, dialect: str) -> Json:
        """Return what the account of a dialect holds: ``doors``, ``devices`` and so on."""
        async with self._session.get(self._state, raise_for_status=True) as response:
            accounts: list[Json] = (await response.json())["accounts"]
        return next(one for one in accounts if one["dialect"] == dialect)

    @property
    def _state(self) -> str:
        return f"{self.url}/simulator/state"
