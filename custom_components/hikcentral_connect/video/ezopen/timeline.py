"""A time line without jumps, whatever a device's clock does."""

from typing import Final

CLOCK: Final = 90_000
"""Ticks of a time stamp in a second."""
LONGEST_GAP: Final = 10 * CLOCK
"""A longer one is a jump of the device's clock."""
START: Final = CLOCK


class Timeline:
    """Makes rising times of time stamps that start over and jump."""

    def __init__(self) -> None:
        """Begin at one second."""
        self._last: int | None = None
        self._now = START
        self._step = CLOCK // 25

    def at(self, stamp: int, bits: int) -> int:
        """Return the time for a stamp of so many bits: more than the one before."""
        if self._last is not None:
            passed = (stamp - self._last) % (1 << bits)
            if 0 < passed <= LONGEST_GAP:
                self._step = passed
            self._now += self._step
        self._last = stamp
        return self._now

    def beside(self, stamp: int, bits: int) -> int | None:
        """Return the time for a stamp of another stream of the same clock.

        None before the first time, and if the stamp is far from the last one.
        """
        if self._last is None:
            return None
        passed = (stamp - self._last) % (1 << bits)
        if passed >= 1 << bits - 1:
            passed -= 1 << bits
        return self._now + passed if abs(passed) <= LONGEST_GAP else None

    def jump(self) -> None:
        """Expect any stamp next, because another stream begins."""
        if self._last is not None:
            self._last = None
            self._now += self._step
