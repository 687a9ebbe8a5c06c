"""How long a viewer waits for the first live picture; for tests and benchmarks.

    .venv/bin/python -m tests.browser.first_frame ROUNDS

prints the seconds of both, round by round, as JSON.
"""

import json
import sys

from playwright.sync_api import Page

from .conftest import browsing, started

PATIENCE_MS = 60_000

_PANEL = """() => new Promise((resolve) => {
    let began;
    addEventListener("click", () => { began = performance.now(); }, { capture: true, once: true });
    addEventListener("player-phase", ({ detail }) => {
        if (detail.phase === "playing") resolve(performance.now() - began);
    });
    window.firstFrameReady = true;
})"""

_ALONE = """([page, order]) => new Promise((resolve, reject) => {
    document.body.replaceChildren();
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.style = "position:fixed;inset:0;width:640px;height:360px;border:0";
    const mark = "hikcentral-player";
    addEventListener("message", ({ data, source }) => {
        if (source !== frame.contentWindow || data?.mark !== mark) return;
        if (data.kind === "ready") frame.contentWindow.postMessage({ ...order, mark }, "*");
        if (data.kind === "failed") reject(new Error(data.text));
        if (data.kind === "playing") resolve(performance.now() - began);
    });
    const began = performance.now();
    frame.src = page;
    document.body.append(frame);
})"""

_OPEN = """(entity_id) => document.querySelector("home-assistant").hass.callWS(
    { type: "hikcentral_connect/stream/open", entity_id })"""


def in_panel(page: Page, url: str, name: str) -> float:
    """Return the seconds from the click on a camera to its first live picture.

    `url` is that of Home Assistant, and `name` the camera's on the wall of the panel.
    """
    page.goto(f"{url}/hikcentral/cameras")
    panel = page.locator("hikcentral-panel")
    button = panel.get_by_role("button", name=f"Watch {name} live")
    button.wait_for()
    page.evaluate(f"() => {{ window.firstFrame = ({_PANEL})(); }}")
    page.wait_for_function("window.firstFrameReady")
    button.click()
    passed: float = page.evaluate("() => window.firstFrame")
    return passed / 1000


def alone(page: Page, url: str, entity_id: str) -> float:
    """Return the seconds to the first live picture on a page with only the player.

    Scripts and decoder are loaded in that time, into a browser that has none of them.
    `page` shows Home Assistant at `url`, whose user asks for the stream.
    """
    page.goto(f"{url}/hikcentral/doors")
    page.locator("hikcentral-panel").wait_for()
    session = page.evaluate(_OPEN, entity_id)
    order = {
        "kind": "play",
        "apiBase": f"{url}{session['api_base']}",
        "ezopen": session["ezopen"],
        "language": "en",
        "sound": False,
    }
    browser = page.context.browser
    assert browser
    bare = browser.new_page()
    try:
        bare.set_default_timeout(PATIENCE_MS)
        bare.goto(f"{url}/manifest.json")
        player = f"{url}/hikcentral_connect/frontend/player.html"
        passed: float = bare.evaluate(_ALONE, [player, order])
        return passed / 1000
    finally:
        bare.close()


def main() -> None:
    """Measure one after the other, each time in a browser that has loaded nothing."""
    found = []
    with started("teams") as demo:
        for _ in range(int(sys.argv[1])):
            with browsing() as page:
                bare = alone(page, demo.url, "camera.garden_terrace")
            with browsing() as page:
                found.append((in_panel(page, demo.url, "Terrace"), bare))
    sys.stdout.write(f"{json.dumps(found)}\n")


if __name__ == "__main__":
    main()
