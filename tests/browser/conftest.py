"""The demo as a newcomer starts it, and a browser to look at it."""

from collections.abc import Generator
from contextlib import contextmanager
import json
import os
from pathlib import Path
import re
import shutil
import signal
import subprocess
import time
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Locator, Page, expect, sync_playwright
import pytest

from ..conftest import OUTDATED

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "build" / "screenshots"
# Test files run side by side, each with a demo of its own.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
FOLDER = f".demo-test-{WORKER}"
PORT = 18123 + 10 * int(WORKER.removeprefix("gw"))
PATIENCE = 240.0
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# As long for what is to be seen as for what is to be clicked.
expect.set_options(timeout=30_000)


class Demo:
    """A running demo: where it is, and what its cloud recorded."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Read the addresses that the demo prints when it is ready."""
        self._process = process
        self.url = self._told(r"Open (http://\S+)")
        self.cloud = self._told(r"Make things happen: (http://\S+)/simulator/")

    def state(self, dialect: str) -> dict[str, Any]:
        """Return what the simulated account of a dialect looks like now."""
        with urlopen(f"{self.cloud}/simulator/state", timeout=10) as response:
            accounts = json.load(response)["accounts"]
        account: dict[str, Any] = next(
            one for one in accounts if one["dialect"] == dialect
        )
        return account

    def happen(self, action: str, **body: Any) -> None:
        """Make something happen in the simulated world."""
        request = Request(
            f"{self.cloud}/simulator/{action}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=10):
            pass

    def _told(self, pattern: str) -> str:
        assert self._process.stdout is not None
        ends = time.monotonic() + PATIENCE
        told: list[str] = []
        while time.monotonic() < ends:
            line = self._process.stdout.readline()
            if not line:
                break
            told.append(line)
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError(f"the demo did not start:\n{''.join(told)}")


@contextmanager
def started(dialect: str) -> Generator[Demo]:
    """Start the demo from scratch, in a folder of its own."""
    shutil.rmtree(ROOT / FOLDER, ignore_errors=True)
    process = subprocess.Popen(
        ["scripts/demo", "--reset", "--port", str(PORT), "--dialect", dialect],
        cwd=ROOT,
        env={**os.environ, "HIKCENTRAL_DEMO": FOLDER, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield Demo(process)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def browsing() -> Generator[Page]:
    """Open an empty page in headless Chromium."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 950})
        page.set_default_timeout(30_000)
        yield page
        browser.close()


@pytest.fixture(scope="module")
def demo_dialect() -> str:
    """Return which contract the demo's account speaks."""
    return "teams"


@pytest.fixture(scope="module")
def demo(demo_dialect: str) -> Generator[Demo]:
    """Start the demo for the tests of a file."""
    with started(demo_dialect) as demo:
        yield demo
    told = (ROOT / FOLDER / "home-assistant.log").read_text().splitlines()
    assert not [one for one in told if "hikcentral" in one and OUTDATED.search(one)]


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Leave the browser's driver its threads: nothing of Home Assistant runs here."""


@pytest.fixture
def page(socket_enabled: None) -> Generator[Page]:
    """Open an empty page for a test."""
    with browsing() as page:
        yield page


def open_picker(picker: Locator) -> None:
    """Open a field that offers choices; one for several has a button since 2026.11."""
    expect(picker).to_be_visible()
    add = picker.get_by_text("Add", exact=True)
    (add if add.count() else picker).click()


def keep(page: Page, name: str) -> None:
    """Keep a screenshot."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
