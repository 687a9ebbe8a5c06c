"""The card in the editor of dashboards: suggested, set up by clicks, and saved."""

from typing import Any

from playwright.sync_api import Page, expect
import pytest

from .cards import CARD, DASHBOARD, call, show_cards
from .conftest import Demo, keep

pytestmark = pytest.mark.browser


def edit(page: Page, demo: Demo, *cards: dict[str, Any]) -> None:
    """Open a dashboard with these cards for changes."""
    show_cards(page, demo, *cards)
    page.goto(f"{demo.url}/{DASHBOARD}/0?edit=1")
    expect(page.get_by_role("button", name="Done")).to_be_visible()


def saved(page: Page) -> list[dict[str, Any]]:
    """Return the cards as they are stored."""
    asked = {"type": "lovelace/config", "url_path": DASHBOARD, "force": True}
    cards: list[dict[str, Any]] = call(page, asked)["views"][0]["cards"]
    return cards


def test_visual_editor(demo: Demo, page: Page) -> None:
    """Every setting has a field, the preview follows, and what is saved is shown."""
    edit(page, demo, {"entity": "camera.garden_terrace"})
    page.get_by_role("button", name="Edit", exact=True).first.click()
    form = page.locator("hui-dialog-edit-card")
    expect(form.get_by_text("HikCentral camera card configuration")).to_be_visible()
    form.get_by_role("textbox", name="Name (optional)").fill("Behind the house")
    form.get_by_label("Picture quality").first.click()
    form.get_by_role("menuitem", name="Fluent (sub stream)").click()
    form.get_by_role("spinbutton", name="Stop after").fill("5")
    preview = form.locator(CARD)
    expect(preview.get_by_text("Behind the house")).to_be_visible()
    expect(preview.locator("img")).to_be_visible()
    keep(page, "card-editor")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("button", name="Save")).to_be_hidden()

    [card] = saved(page)
    assert card == {
        "type": f"custom:{CARD}",
        "entity": "camera.garden_terrace",
        "name": "Behind the house",
        "quality": "sub",
        "stop_after": 5,
    }


def test_suggestion(demo: Demo, page: Page) -> None:
    """Who adds a camera of ours to a dashboard is offered our card, others are not."""
    edit(page, demo, {"entity": "camera.garden_terrace"})
    page.get_by_role("button", name="Add card").first.click()
    dialog = page.locator("hui-dialog-create-card")
    dialog.get_by_placeholder("Search entities").fill("Koi pond")
    dialog.get_by_text("Motion", exact=True).first.click()
    expect(dialog.get_by_text("Suggestions").first).to_be_visible()
    expect(dialog.get_by_text("HikCentral camera")).to_have_count(0)
    dialog.get_by_text("Koi pond", exact=True).first.click()
    suggested = dialog.get_by_text("HikCentral camera", exact=True)
    expect(suggested).to_be_visible()
    expect(dialog.locator(CARD).locator("img")).to_be_visible()
    keep(page, "card-suggestion")
    suggested.click()
    expect(page.locator("hui-view").locator(CARD)).to_have_count(2)

    assert saved(page)[1] == {
        "type": f"custom:{CARD}",
        "entity": "camera.pond_koi_pond",
    }
