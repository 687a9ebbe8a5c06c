"""The page a curious person sees at /simulator/."""

from html import escape
import json
from typing import Any

STYLE = """
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem;
  padding: 0 1rem; color: #222; background: #fafafa }
h1, h2, h3 { font-weight: 600 } table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #ddd; padding: .3rem .6rem; text-align: left }
button { margin: 0 .2rem .2rem 0 } .off { color: #b00 } code { background: #eee }
"""

SCRIPT = """
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-to]");
  if (!button) return;
  const answer = await fetch("/simulator/" + button.dataset.to, {
    method: button.dataset.method || "POST",
    headers: { "Content-Type": "application/json" },
    body: button.dataset.body,
  });
  if (answer.ok) location.reload(); else alert(await answer.text());
});
"""


def page(state: dict[str, Any]) -> str:
    """Return the page for what ``/simulator/state`` tells."""
    accounts = "".join(_account(one) for one in state["accounts"])
    faults = ", ".join(escape(one["kind"]) for one in state["faults"]) or "none"
    hour = _button("clock", "One hour later", {"shift": 3600})
    clear = _button("faults", "Clear", None, "DELETE")
    slow = _button("faults", "Slow for 10 calls", _fault("latency", 10, seconds=2))
    down = _button("faults", "503 for 10 calls", _fault("http_error", 10))
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>HikCentral Connect simulator</title>
<style>{STYLE}</style>
<h1>HikCentral Connect simulator</h1>
<p>API at <code>{escape(state["url"])}/api/hccgw/</code>, simulated time
{escape(state["now"][:19])} UTC {hour}</p>
<p>{state["calls"]} calls (<a href="/simulator/record">record</a>,
<a href="/simulator/state">state as JSON</a>). Faults: {faults} {slow}{down}{clear}</p>
{accounts}
<script>{SCRIPT}</script></html>"""


def _account(account: dict[str, Any]) -> str:
    to = f"accounts/{account['key']}"
    queues = account["queues"]
    waiting = (
        queues["alarms"] + queues["messages"] + sum(queues["subscriptions"].values())
    )
    ring = _button(f"{to}/ring", "Ring the bell")
    revoke = _button(f"{to}/revoke-tokens", "Revoke tokens")
    return f"""
<h2>{escape(account["dialect"])}: <code>{escape(account["key"])}</code></h2>
<p>{account["logins"]} logins, {waiting} messages waiting {ring}{revoke}</p>
<h3>Cameras</h3><table>{"".join(_camera(one, to) for one in account["cameras"])}</table>
<h3>Doors</h3><table>{"".join(_door(one, account, to) for one in account["doors"])}
</table>
<h3>Devices</h3><table>{"".join(_device(one, to) for one in account["devices"])}</table>
"""


def _camera(camera: dict[str, Any], to: str) -> str:
    alarms = "".join(
        _button(f"{to}/alarm", kind, {"sourceId": camera["id"], "kind": kind})
        for kind in ("motion", "intrusion", "lineCrossing")
    )
    codec = f"{camera['codec']}, channel {camera['channel']} of {camera['device']}"
    name, area = camera["name"], camera["area"]
    return _row(name, area, codec, online=camera["online"], buttons=alarms)


def _door(door: dict[str, Any], account: dict[str, Any], to: str) -> str:
    guest = account["people"][0]["id"] if account["people"] else ""
    known = {"doorId": door["id"], "personId": guest}
    buttons = _button(f"{to}/access", "Somebody enters", known) + _button(
        f"{to}/access", "Unknown card", {"doorId": door["id"]}
    )
    history = f"/simulator/{to}/doors/{door['id']}"
    buttons += f'<a href="{escape(history)}">{door["commands"]} commands</a>'
    online = door["online"]
    return _row(
        door["name"], door["area"], door["state"], online=online, buttons=buttons
    )


def _device(device: dict[str, Any], to: str) -> str:
    online = device["online"]
    body = {"deviceId": device["id"], "online": not online}
    button = _button(f"{to}/device", "Unplug" if online else "Plug in", body)
    kind = device["category"] + (", encrypted" if device["encrypted"] else "")
    return _row(device["name"], device["serial"], kind, online=online, buttons=button)


def _row(*cells: str, online: bool, buttons: str) -> str:
    look = "" if online else ' class="off"'
    status = "online" if online else "offline"
    inner = "".join(f"<td>{escape(cell)}" for cell in cells)
    return f"<tr{look}>{inner}<td>{status}<td>{buttons}\n"


def _button(
    to: str, text: str, body: dict[str, Any] | None = None, method: str = "POST"
) -> str:
    data = f' data-body="{escape(json.dumps(body))}"' if body else ""
    return (
        f'<button data-to="{escape(to)}" data-method="{method}"{data}>'
        f"{escape(text)}</button>"
    )


def _fault(kind: str, times: int, **options: Any) -> dict[str, Any]:
    return {"kind": kind, "times": times} | options
