"""The push of messages to an address of the owner's."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the service pushes messages; while it does, polling may bring nothing.

    `retries` is -1 for as many as fit into two hours. `retry_delay` is in milliseconds.
    `secret` signs what is pushed; the service never tells it, and without one the
    SecretKey signs.
    """

    url: str = field(repr=False)
    retries: int | None = None
    retry_delay: int | None = None
    secret: str | None = field(default=None, repr=False)
