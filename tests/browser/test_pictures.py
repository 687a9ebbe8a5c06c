"""The pictures of the README, as they are now.

    UPDATE_PICTURES=1 scripts/test tests/browser/test_pictures.py

puts them into docs/images.
"""

import os
from pathlib import Path
from typing import Literal

from PIL import Image, ImageStat
from playwright.sync_api import Page, expect
import pytest

from .conftest import PICTURES, ROOT, Demo, keep

pytestmark = pytest.mark.browser

IMAGES = ROOT / "docs" / "images"
FEW_COLOURS = 128
"""Enough for a picture in a document, and a fifth of the bytes."""


def _open_dashboard(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/hikcentral-demo")
    picture = page.locator("hui-image img").first
    expect(picture).to_be_visible(timeout=60_000)


def _open_panel(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/hikcentral/cameras")
    expect(page.locator("hikcentral-panel img").first).to_be_visible(timeout=60_000)


PAGES = {"dashboard": _open_dashboard, "panel": _open_panel}


@pytest.mark.parametrize("name", PAGES)
def test_picture(demo: Demo, page: Page, name: str) -> None:
    """The page looks at home in the light theme and in the dark one."""
    light = _brightness(_picture(demo, page, name, "light"))
    dark = _brightness(_picture(demo, page, name, "dark"))
    assert dark < light - 60


def _picture(
    demo: Demo, page: Page, name: str, theme: Literal["light", "dark"]
) -> Path:
    page.emulate_media(color_scheme=theme)
    PAGES[name](page, demo)
    # Pictures of the cameras come one after the other.
    page.wait_for_timeout(6000)
    keep(page, f"{name}-{theme}")
    picture = PICTURES / f"{name}-{theme}.png"
    if os.environ.get("UPDATE_PICTURES"):
        _publish(picture)
    return picture


def _publish(picture: Path) -> None:
    IMAGES.mkdir(exist_ok=True)
    with Image.open(picture) as image:
        few = image.convert("RGB").quantize(FEW_COLOURS)
        few.save(IMAGES / picture.name, optimize=True)


def _brightness(picture: Path) -> float:
    with Image.open(picture) as image:
        assert len(image.convert("RGB").getcolors(1 << 24)) > 500
        return ImageStat.Stat(image.convert("L")).mean[0]
