"""``scripts/probe``: how does a real account answer? Reads only, tells no secret."""

import argparse
import asyncio
from collections.abc import Mapping
from datetime import datetime
from getpass import getpass
import json
import os
from pathlib import Path
import sys
from typing import Final

import aiohttp
from yarl import URL

from custom_components.hikcentral_connect.api import Account
from custom_components.hikcentral_connect.api.errors import HikError
from custom_components.hikcentral_connect.api.hosts import Region
from custom_components.hikcentral_connect.api.redaction.report import Leak

from .ask import NotReading, Probe
from .questions import QUESTIONS, UNASKED
from .report import make_report

MANIFEST: Final = (
    Path(__file__).parent.parent
    / "custom_components"
    / "hikcentral_connect"
    / "manifest.json"
)
HELP: Final = """\
Keys are taken from the environment, or asked for:
  HIK_APP_KEY, HIK_SECRET_KEY   of the account
  HIK_REGION                    one of: {regions}
  HIK_URL                       an address instead of a region
"""


def main() -> int:
    """Ask an account and write the report; return the exit code."""
    options = _options()
    if options.dry_run:
        print("\n".join(dry_run()))
        return 0
    try:
        account = account_of(os.environ)
        text = asyncio.run(_probe(account))
    except (HikError, Leak, NotReading, ValueError) as err:
        print(f"error: {type(err).__name__}: {err}", file=sys.stderr)
        return 1
    except KeyboardInterrupt, EOFError:
        print("stopped; nothing was written", file=sys.stderr)
        return 130
    options.output.write_text(text + "\n")
    print(
        f"\n   {options.output} ({len(text) // 1024 + 1} KB) can be attached to an issue."
    )
    print("   Look through it first: it is plain JSON.")
    return 0


def dry_run() -> list[str]:
    """Return a line for everything that would be asked, and for what would not."""
    asked = [
        f"{number:2}  {question.operation:32} {_for_what(question.needs, question.every)}"
        for number, question in enumerate(QUESTIONS, 1)
    ]
    unasked = [f"    {operation:32} {why}" for operation, why in UNASKED.items()]
    return [
        "Asked, if the account's contract has it; at most 4 requests a second:",
        *(line.rstrip() for line in asked),
        "\nNot asked, though it changes nothing of the account:",
        *unasked,
        "\nNothing that acts on a door or device or changes the account is ever sent.",
    ]


def account_of(environment: Mapping[str, str]) -> Account:
    """Return the account that the environment names; what it lacks is asked for."""
    return Account(
        _address(environment),
        environment.get("HIK_APP_KEY") or getpass("AppKey (not shown): "),
        environment.get("HIK_SECRET_KEY") or getpass("SecretKey (not shown): "),
    )


async def _probe(account: Account) -> str:
    async with aiohttp.ClientSession() as http:
        now = datetime.now().astimezone()
        interview = await Probe(http, account, now, _say).run()
    environment = {
        "integration": json.loads(MANIFEST.read_text())["version"],
        "python": sys.version.split()[0],
        "region": next((one for one in Region if one.url == account.url), "custom"),
    }
    return make_report(interview, environment, (account.app_key, account.secret_key))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/probe",
        description="Asks a real account everything that reading can ask, and writes "
        "down how it answered, redacted.",
        epilog=HELP.format(regions=", ".join(Region)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be asked; send nothing"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("hikcentral-probe.json"), metavar="FILE"
    )
    return parser.parse_args()


def _address(environment: Mapping[str, str]) -> URL:
    if url := environment.get("HIK_URL"):
        return URL(url)
    region = environment.get("HIK_REGION") or input(f"Region ({', '.join(Region)}): ")
    return Region(region).url


def _for_what(needs: str | None, every: bool) -> str:
    if needs is None:
        return ""
    return f"for every {needs}" if every else f"for one {needs}"


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
