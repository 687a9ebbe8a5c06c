"""Run the simulator: ``python -m simulator``."""

import argparse
import asyncio
from contextlib import suppress
from pathlib import Path
import signal

from .account import Speech
from .replay import Recording, UnknownRecording
from .server import Simulator
from .world.sites import DEMO_CODE, Size


def arguments() -> argparse.ArgumentParser:
    """Return what the command line understands."""
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="A HikCentral Connect cloud on this machine, in both dialects.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8480, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=1, help="makes the worlds")
    parser.add_argument("--speed", type=float, default=1.0, help="of simulated time")
    parser.add_argument(
        "--quiet", action="store_true", help="nothing happens by itself"
    )
    parser.add_argument(
        "--capture-seconds", type=float, default=0.8, help="how long a picture takes"
    )
    parser.add_argument(
        "--stream-seconds",
        type=float,
        default=600.0,
        help="after how long the cloud cuts an EZOPEN stream",
    )
    parser.add_argument(
        "--stranger",
        choices=list(Speech),
        type=Speech,
        default=Speech.TEAMS,
        help="dialect that refuses unknown keys",
    )
    parser.add_argument(
        "--replay",
        type=recording,
        metavar="FILE",
        help="answer as the account in this report of scripts/probe did",
    )
    sizes = parser.add_argument_group(
        "size", "Any of these replaces the demo house by a site of that size."
    )
    for name in ("devices", "cameras", "doors"):
        sizes.add_argument(
            f"--{name}", type=int, default=argparse.SUPPRESS, metavar="N"
        )
    return parser


def recording(file: str) -> Recording:
    """Return the recording in a file."""
    try:
        return Recording.load(Path(file))
    except (OSError, UnknownRecording) as err:
        raise argparse.ArgumentTypeError(str(err)) from None


def simulator(options: argparse.Namespace) -> Simulator:
    """Return the simulator the command line asks for."""
    sizes = {
        name: value
        for name, value in vars(options).items()
        if name in ("devices", "cameras", "doors")
    }
    return Simulator(
        options.seed,
        host=options.host,
        port=options.port,
        life=not options.quiet,
        speed=options.speed,
        size=Size(**sizes) if sizes else None,
        stranger=options.stranger,
        capture_seconds=options.capture_seconds,
        stream_seconds=options.stream_seconds,
        replay=options.replay,
    )


async def serve(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with simulator(options) as running:
        print(f"HikCentral Connect simulator at {running.url}")
        for one in running.accounts.values():
            print(f"  {one.speech:9}  AppKey {one.key}  SecretKey {one.secret}")
        print(f"  verification code of the encrypted camera: {DEMO_CODE}")
        print(f"  control page: {running.url}/simulator/", flush=True)
        await stop.wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments().parse_args()))
