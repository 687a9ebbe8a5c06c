"""What comes out and cannot be avoided, with the reason; SECURITY.md says the same."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from .outputs import Hit


@dataclass(frozen=True)
class Allowed:
    """A kind of secret on a way out (patterns), and why nothing can be done."""

    what: tuple[str, ...]
    where: tuple[str, ...]
    why: str

    def covers(self, hit: Hit) -> bool:
        """Tell whether this is about a word that came out."""
        return any(fnmatchcase(hit.what, one) for one in self.what) and any(
            fnmatchcase(hit.where, one) for one in self.where
        )


PEOPLE: Final = ("person's *", "card number", "visitor's name")

ALLOWED: Final = (
    Allowed(
        ("app key", "secret key", "verification code", "door PIN"),
        ("storage: core.config_entries",),
        "Home Assistant keeps what an owner typed in its own storage, in plain text.",
    ),
    Allowed(
        ("webhook secret", "webhook address"),
        ("storage: hikcentral_connect.*",),
        "The secret of the webhook has to survive a restart.",
    ),
    Allowed(
        ("typed name", "visitor's *"),
        ("storage: hikcentral_connect.*",),
        "Where the service lists neither passes nor residents (reference), those made "
        "here are kept in a file that only Home Assistant's user may read.",
    ),
    Allowed(
        ("verification code", "key to one stream", "player session"),
        ("player page", "log of homeassistant.components.websocket_api*"),
        "The maker's player decrypts in the browser: it gets the code of the one "
        "camera it shows, and a key to that one stream.",
    ),
    Allowed(
        ("webhook address", "player session"),
        ("log of aiohttp.access", "log of homeassistant.*"),
        "Home Assistant's own log at level *debug* names every address that is asked: "
        "also that of the webhook, where nothing is taken without its secret, and those "
        "of the player.",
    ),
    Allowed(
        ("address on this machine",),
        ("log of libav*", "log of homeassistant.*", "pages"),
        "While Home Assistant's `stream` logs at *debug*, FFmpeg tells which addresses it "
        "plays: those are ours, on this machine only.",
    ),
    Allowed(
        (*PEOPLE, "visitor's PIN", "visitor's QR code"),
        (
            "answers to actions",
            "trace of an automation",
            "log of homeassistant.*",
            "log of asyncio",
        ),
        "An administrator who asks for people or passes by an action gets them.",
    ),
    Allowed(
        ("visitor's name",),
        ("calendar",),
        "The calendar names visitors to who may open it.",
    ),
    Allowed(
        ("typed *", "door PIN", "visitor's name"),
        (
            "answers to actions",
            "bus: what was typed",
            "database: what was typed",
            "trace of an automation",
            "log of *",
        ),
        "What somebody types into an action passes through Home Assistant itself.",
    ),
    Allowed(
        ("app key",),
        ("forms",),
        "The forms of an account show its AppKey to administrators, never the "
        "SecretKey.",
    ),
)
