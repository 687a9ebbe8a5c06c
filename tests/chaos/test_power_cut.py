"""The power fails, or the account is set up anew, at each step of the queue.

Nothing is lost, and only what was being handed over as the power failed comes again.

A cut is played by giving the account up in the middle of a step, as it is: nothing of
it may write any more. What is on the disk is all that the next life knows.
"""

import asyncio
from collections import Counter
from typing import Any

import pytest

from custom_components.hikcentral_connect.api.queue import Queue
from custom_components.hikcentral_connect.messages.hub import MessageHub
from custom_components.hikcentral_connect.messages.memory import Memory

from .stage import Stage

STEPS = ("before the read", "after the read", "handed over", "written", "acknowledged")
ALARMS = 10


class _Cut:
    """Stops everything for good at one step."""

    def __init__(
        self, patch: pytest.MonkeyPatch, step: str, *, power_cut: bool
    ) -> None:
        """Wait for the step; without power nothing is written after it."""
        self.reached = asyncio.Event()
        self._armed = False
        read, acknowledge = Queue.messages, Queue.acknowledge
        hand_over, save = MessageHub.async_hand_over, Memory.async_save

        async def cut_read(queue: Any) -> Any:
            if step == "before the read":
                await self.stop()
            batch = await read(queue)
            if batch.messages and step == "after the read":
                await self.stop()
            return batch

        async def cut_save(memory: Any) -> None:
            if power_cut and self.reached.is_set():
                return
            on = self._armed and not self.reached.is_set()
            if step == "handed over" and on:
                await self.stop()
            await save(memory)
            if step == "written" and on:
                await self.stop()

        async def cut_acknowledge(queue: Any, receipts: Any) -> None:
            await acknowledge(queue, receipts)
            if step == "acknowledged":
                await self.stop()

        def note(hub: Any, *args: Any, **given: Any) -> None:
            self._armed = True
            hand_over(hub, *args, **given)

        patch.setattr(Queue, "messages", cut_read)
        patch.setattr(Queue, "acknowledge", cut_acknowledge)
        patch.setattr(MessageHub, "async_hand_over", note)
        patch.setattr(Memory, "async_save", cut_save)

    async def stop(self) -> None:
        """Go no further, ever."""
        self.reached.set()
        await asyncio.Event().wait()


@pytest.mark.parametrize("power_cut", [True, False], ids=["power cut", "reload"])
@pytest.mark.parametrize("step", STEPS)
async def test_end_at_a_step(
    stage: Stage, step: str, power_cut: bool, total: Counter[str]
) -> None:
    """Each alarm of before, during and after the end reaches the bus."""
    cameras = list(stage.account.world.cameras)
    with pytest.MonkeyPatch.context() as patch:
        cut = _Cut(patch, step, power_cut=power_cut)
        for number in range(ALARMS):
            stage.alarm(cameras[number % len(cameras)])
            await asyncio.sleep(0.2)
        await asyncio.wait_for(cut.reached.wait(), 60)
        written = stage.disk.read()
        assert await stage.hass.config_entries.async_unload(stage.entry.entry_id)
    if power_cut:
        stage.disk.restore(written)
    assert await stage.hass.config_entries.async_setup(stage.entry.entry_id)
    stage.alarm(cameras[0])
    await asyncio.sleep(60)
    await stage.recover()
    seen = Counter({key: n for key, n in stage.heard.items() if key[0] == "seen"})
    assert {key[1:] for key in seen} == stage.alarms
    if step != "handed over" or not power_cut:
        assert set(seen.values()) == {1}
    assert max(seen.values()) <= 2
    total["power cuts"] += power_cut
    total["reloads"] += not power_cut
    total["messages again after a cut"] += sum(n - 1 for n in seen.values())
