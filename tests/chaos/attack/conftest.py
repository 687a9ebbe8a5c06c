"""Fixtures of the attacks: real time, and no rate to wait for."""

import pytest


@pytest.fixture
def rate_limit() -> int | None:
    """Lose no time: these tests are not about the rate."""
    return None
