"""How long a viewer waits for the first live picture; for tests and benchmarks.

    .venv/bin/python -m tests.browser.first_frame ROUNDS

prints the seconds of both, round by round, as JSON.
"""

import json
import sys

from playwright.sync_api import Page

from .conftest import browsing, started

PATIENCE_MS = 60_000
SETTLE_MS = 2_000
"""What Home Assistant's own page takes to come to rest."""

_PANEL = """() => new Promise((resolve) => {
    let began;
    addEventListener("click", () => { began = performance.now(); }, { capture: true, once: true });
    addEventListener("player-phase", ({ detail }) => {
        if (detail.phase === "playing") resolve(performance.now() - began);
    });
    window.firstFrameReady = true;
})"""

_ALONE = """([folder, order]) => new Promise((resolve, reject) => {
    document.body.replaceChildren();
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.style = "position:fixed;inset:0;width:640px;height:360px;border:0";
    const mark = "hikcentral-player";
    const tell = (message) => frame.contentWindow.postMessage({ ...message, mark }, "*");
    addEventListener("message", async ({ data, source }) => {
        if (source !== frame.contentWindow || data?.mark !== mark) return;
        if (data.kind === "ready") {
            tell(order);
            const [player, decoder] = await Promise.all(files);
            tell({ kind: "load", player, decoder });
        }
        if (data.kind === "failed") reject(new Error(data.text));
        if (data.kind === "playing") resolve(performance.now() - began);
    });
    const began = performance.now();
    const files = ["ezuikit.js", "ezuikit_static/PlayCtrlWasm/playCtrl1/HasSIMD/Decoder.js"]
        .map((name) => fetch(folder + name).then((answer) => answer.blob()));
    frame.src = folder + "player.html";
    document.body.append(frame);
})"""

_OPEN = """(entity_id) => document.querySelector("home-assistant").hass.callWS(
    { type: "hikcentral_connect/stream/open", entity_id })"""


def in_panel(page: Page, url: str, name: str) -> float:
    """Return the seconds from the click on a camera to its first live picture.

    The click comes as soon as the wall is there, whose pictures load at that time. `url`
    is that of Home Assistant, and `name` the camera's.
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

    Scripts and decoder are loaded in that time, into a browser that has none of them and
    does nothing else. The stream is there before. `page` asks for it, and shows Home
    Assistant at `url`.
    """
    page.goto(f"{url}/hikcentral/doors")
    page.locator("hikcentral-panel").wait_for()
    page.wait_for_timeout(SETTLE_MS)
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
        folder = f"{url}/hikcentral_connect/frontend/"
        passed: float = bare.evaluate(_ALONE, [folder, order])
        return passed / 1000
    finally:
        bare.close()


def rounds(url: str, number: int) -> list[tuple[float, float]]:
    """Return the seconds in the panel and alone, each in a browser of its own.

    The two take turns in being first, as the first has the cloud prepare its film.
    """
    found = []
    for turn in range(number):
        passed = {}
        for name in ("panel", "alone") if turn % 2 else ("alone", "panel"):
            with browsing() as page:
                passed[name] = (
                    in_panel(page, url, "Terrace")
                    if name == "panel"
                    else alone(page, url, "camera.garden_terrace")
                )
        found.append((passed["panel"], passed["alone"]))
    return found


def main() -> None:
    """Measure in a browser that has loaded nothing."""
    with started("teams") as demo:
        found = rounds(demo.url, int(sys.argv[1]))
    sys.stdout.write(f"{json.dumps(found)}\n")


if __name__ == "__main__":
    main()
