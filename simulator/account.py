"""Accounts: keys, tokens, subscriptions and the world behind them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
import secrets
import string

from .queues import BatchQueue, MessageQueue
from .streams.tokens import AppTokens
from .webhook import Webhook
from .world import World
from .world.happen import Happen
from .world.package import Package

TOKEN_LIFE = timedelta(days=7)
_ALPHABET = string.ascii_lowercase + string.digits


class Speech(StrEnum):
    """The dialect an account speaks."""

    TEAMS = "teams"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an account's owner types in."""

    speech: Speech
    key: str
    secret: str


DEMO = (
    Credentials(Speech.TEAMS, "demo-teams-key", "demo-teams-secret"),
    Credentials(Speech.REFERENCE, "demo-reference-key", "demo-reference-secret"),
)


@dataclass(slots=True, kw_only=True)
class Account:
    """One account.

    ``alarms`` and ``messages`` are the two queues of the teams dialect, ``webhook``
    takes them over if it is set; ``subscriptions`` are the reference's queues by id.
    """

    speech: Speech
    key: str
    secret: str
    world: World
    happen: Happen
    guid: str
    user_id: str
    alarms: BatchQueue
    messages: BatchQueue
    streaming: AppTokens
    webhook: Webhook | None = None
    subscriptions: dict[str, MessageQueue] = field(default_factory=dict)
    tokens: dict[str, datetime] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    revoked: bool = False
    logins: int = 0
    package: Package = field(default_factory=Package)

    def issue_token(self) -> tuple[str, datetime]:
        """Make a token; earlier ones live on until they expire."""
        token = "hcc." + "".join(secrets.choice(_ALPHABET) for _ in range(32))
        self.tokens[token] = self.world.clock.now() + TOKEN_LIFE
        return token, self.tokens[token]

    def revoke_tokens(self) -> None:
        """Make every token unknown, as a server that lost its sessions does."""
        self.forgotten |= self.tokens.keys()
        self.tokens.clear()

    def revoke_key(self) -> None:
        """Take the key away: no login, no token works any more."""
        self.revoked = True
        self.revoke_tokens()

    def expire_tokens(self) -> None:
        """Let every token's life be over."""
        self.tokens = dict.fromkeys(self.tokens, self.world.clock.now())


def open_account(credentials: Credentials, world: World) -> Account:
    """Open an account on a world."""
    return Account(
        speech=credentials.speech,
        key=credentials.key,
        secret=credentials.secret,
        world=world,
        happen=Happen(world),
        guid=f"{world.random.getrandbits(128):032x}",
        user_id=f"{world.random.getrandbits(128):032x}",
        alarms=BatchQueue(world.clock),
        messages=BatchQueue(world.clock),
        streaming=AppTokens(world.clock),
    )
