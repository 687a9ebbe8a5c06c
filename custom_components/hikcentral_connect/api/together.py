"""Several requests at once, of which none is left behind."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def together(*requests: Coroutine[Any, Any, Any]) -> list[Any]:
    """Return the results in order; the first error cancels the others and is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(request) for request in requests]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]
