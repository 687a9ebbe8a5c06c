"""Fixtures of the attacks: real time, no rate to wait for, and a trap."""

from collections.abc import AsyncGenerator

import pytest

from .trap import listening


@pytest.fixture
def rate_limit() -> int | None:
    """Lose no time: these tests are not about the rate."""
    return None


@pytest.fixture
async def trap(socket_enabled: None) -> AsyncGenerator[tuple[int, list[str]]]:
    """Listen in the owner's network; nobody may come."""
    async with listening() as both:
        yield both
