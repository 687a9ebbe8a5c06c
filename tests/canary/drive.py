"""Does with the integration everything that can be done, and keeps what comes out."""

from datetime import timedelta
from http import HTTPStatus
import json
from typing import Any

from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)

from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.panel.vendor import CALLS
from homeassistant.components import system_health
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntryState,
)
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.world.events import CallPhase

from ..conftest import Running
from .actions import actions, entity_ids
from .outputs import Outputs
from .plant import DOOR_PIN, Canaries, made_since


class Drive:
    """One account, one administrator with a browser, and all that comes out."""

    def __init__(
        self,
        running: Running,
        outputs: Outputs,
        http: Any,
        socket: Any,
        sealed: set[str],
    ) -> None:
        """Use a logged-in client of HTTP and an open websocket.

        `sealed` grows by what the cloud signs addresses of streams with.
        """
        self.running = running
        self.hass = running.hass
        self.outputs = outputs
        self.http = http
        self.socket = socket
        self._sealed = sealed
        self.made: Canaries = {}
        """The secrets that the cloud made up, also those it has forgotten since."""

    def note(self) -> None:
        """Look at which secrets there are now."""
        sim = self.running.sim
        shelf, tickets = sim.services.shelf._entries, sim.streams.tickets._tickets
        self.made |= made_since(self.running.account, shelf, tickets)
        self.made |= dict.fromkeys(self._sealed, "signed address")
        if self.running.entry.state is ConfigEntryState.LOADED:
            runtime = self.running.entry.runtime_data
            ours = runtime.live._loopback._served
            self.made |= dict.fromkeys(ours, "address on this machine")
            self.made |= dict.fromkeys(runtime.players._sessions, "player session")

    async def everything(self) -> None:
        """Do all of it once."""
        await self.happenings()
        await self.each_action()
        await self.each_entity()
        await self.player()
        await self.pages()
        await self.forms()
        await self.reports()

    async def happenings(self) -> None:
        """Let all that the account can tell of happen, and be read."""
        world, happen = self.running.account.world, self.running.account.happen
        for camera in world.cameras:
            happen.alarm(camera, pictures=1)
        for person in world.people.values():
            for door in world.doors:
                happen.access(door, person, granted=True)
                happen.access(door, person, granted=False)
        happen.access(next(iter(world.doors)))
        happen.end_call(happen.ring(), CallPhase.CANCELLED)
        happen.ring()
        for vehicle in world.fleet.vehicles:
            happen.locate(vehicle)
        await self.clocks()
        self.running.sim.clock.shift(30)
        await self.clocks()

    async def clocks(self) -> None:
        """Read everything that is read by itself."""
        runtime = self.running.entry.runtime_data
        clocks = [runtime.inventory, runtime.status, runtime.passes, *runtime.queues]
        for clock in clocks:
            await clock.async_refresh()
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def each_action(self) -> None:
        """Call every action in the way a page does."""
        for name in actions(self.running):
            # Anew for each: a pass is made first, and changed and revoked later.
            await self.act(DOMAIN, name, actions(self.running)[name])

    async def act(self, domain: str, service: str, data: dict[str, Any]) -> None:
        """Call an action over the websocket; its answer goes to who called."""
        supports = self.hass.services.supports_response(domain, service).value
        message = {
            "type": "call_service",
            "domain": domain,
            "service": service,
            "service_data": json.loads(json.dumps(data, default=str)),
            **({"return_response": True} if supports != "none" else {}),
        }
        self.outputs.add("answers to actions", await self.ask(message))
        await self.hass.async_block_till_done()
        self.note()

    async def each_entity(self) -> None:
        """Use every entity in every way it offers."""
        for entity_id in entity_ids(self.running, "lock"):
            for service in ("unlock", "lock", "open"):
                for code in (DOOR_PIN, "000000", None):
                    data = {"entity_id": entity_id} | ({"code": code} if code else {})
                    await self.act("lock", service, data)
        for domain, services in (
            ("button", ["press"]),
            ("switch", ["turn_on", "turn_off"]),
        ):
            for entity_id in entity_ids(self.running, domain):
                for service in services:
                    await self.act(domain, service, {"entity_id": entity_id})
        for entity_id in entity_ids(self.running, "select"):
            state = self.hass.states.get(entity_id)
            for option in state.attributes.get("options", []) if state else []:
                data = {"entity_id": entity_id, "option": option}
                await self.act("select", "select_option", data)
        for domain in ("camera", "image"):
            for entity_id in entity_ids(self.running, domain):
                await self.get("pictures", f"/api/{domain}_proxy/{entity_id}")
        self.outputs.add(
            "states", *(one.as_dict() for one in self.hass.states.async_all())
        )

    async def player(self) -> None:
        """Watch every camera as panel and card do, live and recorded."""
        now = dt_util.utcnow()
        day = {"begin": (now - timedelta(days=1)).isoformat(), "end": now.isoformat()}
        for entity_id in entity_ids(self.running, "camera"):
            for mode in ({"mode": "live"}, {"mode": "playback", **day}):
                message = {"type": f"{DOMAIN}/stream/open", "entity_id": entity_id}
                opened = await self.ask(message | mode)
                self.outputs.add("player page", opened)
                if opened["success"]:
                    await self.calls(opened["result"]["api_base"])
                self.note()
            message = {"type": f"{DOMAIN}/recordings", "entity_id": entity_id, **day}
            self.outputs.add("panel", await self.ask(message))

    async def calls(self, base: str) -> None:
        """Send every call of the player, and one that nobody knows."""
        for method, path in (*CALLS, ("POST", "/api/lapp/token/get")):
            async with self.http.request(method, base + path) as response:
                self.outputs.add("player page", await response.text())
                self.outputs.add("player page", str(response.headers))

    async def pages(self) -> None:
        """Ask for what Home Assistant's own pages show."""
        now = dt_util.utcnow()
        since = {"start_time": (now - timedelta(hours=1)).isoformat()}
        ids = [one.entity_id for one in self.hass.states.async_all()]
        for message in (
            {"type": "config/entity_registry/list"},
            {"type": "config/device_registry/list"},
            {"type": "config_entries/get"},
            {"type": "config_entries/subentries/list", **self._entry()},
            {"type": "repairs/list_issues"},
            {"type": "logbook/get_events", **since},
            {"type": "history/history_during_period", "entity_ids": ids, **since},
            {"type": "get_states"},
            {"type": "system_log/list"},
            {"type": "media_source/browse_media", "media_content_id": ""},
            {
                "type": "media_source/browse_media",
                "media_content_id": f"media-source://{DOMAIN}",
            },
        ):
            self.outputs.add("pages", await self.ask(message))
        for entity_id in entity_ids(self.running, "calendar"):
            span = "start=2020-01-01T00:00:00Z&end=2030-01-01T00:00:00Z"
            await self.get("calendar", f"/api/calendars/{entity_id}?{span}")

    def _entry(self) -> dict[str, str]:
        return {"entry_id": self.running.entry.entry_id}

    async def forms(self) -> None:
        """Open every form of the account, and leave it."""
        flow = {"handler": self.running.entry.entry_id}
        first = await self.post(
            "forms", "/api/config/config_entries/options/flow", flow
        )
        for topic in first.get("menu_options", []):
            opened = await self.post(
                "forms", "/api/config/config_entries/options/flow", flow
            )
            way = f"/api/config/config_entries/options/flow/{opened['flow_id']}"
            page = await self.post("forms", way, {"next_step_id": topic})
            if topic == "doors" and page.get("step_id") == "doors":
                door = next(iter(self.running.account.world.doors))
                await self.post("forms", way, {"door": door})
        flows, entry = self.hass.config_entries.flow, self.running.entry
        for source in (SOURCE_REAUTH, SOURCE_RECONFIGURE):
            context: Any = {"source": source, "entry_id": entry.entry_id}
            data = dict(entry.data) if source == SOURCE_REAUTH else None
            form = await flows.async_init(DOMAIN, context=context, data=data)
            way = f"/api/config/config_entries/flow/{form['flow_id']}"
            await self.get("forms", way)

    async def automation(self) -> None:
        """Let an automation do what needs a PIN and returns one; look at its trace."""
        made = actions(self.running)["issue_visitor_pass"]
        steps = [
            {
                "action": f"{DOMAIN}.issue_visitor_pass",
                "data": json.loads(json.dumps(made, default=str)),
                "response_variable": "made",
            },
            {
                "action": "lock.unlock",
                "data": {"code": DOOR_PIN},
                "target": {"entity_id": entity_ids(self.running, "lock")[0]},
            },
        ]
        config = {"id": "canary", "alias": "Canary", "triggers": [], "actions": steps}
        name = "automation"
        assert await async_setup_component(self.hass, name, {name: [config]})
        (entity_id,) = self.hass.states.async_entity_ids(name)
        await self.hass.services.async_call(
            name, "trigger", {"entity_id": entity_id}, blocking=True
        )
        await self.hass.async_block_till_done()
        where = {"domain": name, "item_id": "canary"}
        told = await self.ask({"type": "trace/list", **where})
        for run in told["result"]:
            message = {"type": "trace/get", **where, "run_id": run["run_id"]}
            self.outputs.add("trace of an automation", await self.ask(message))

    async def reports(self) -> None:
        """Take all reports that are shared with strangers."""
        hass, entry = self.hass, self.running.entry
        client = lambda *_: _returned(self.http)  # noqa: E731
        report = await get_diagnostics_for_config_entry(hass, client, entry)
        self.outputs.add("diagnostics", report)
        devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
        for device in devices:
            report = await get_diagnostics_for_device(hass, client, entry, device)
            self.outputs.add("diagnostics", report)
        info = await system_health.get_info(hass)
        self.outputs.add("system health", info.get(DOMAIN, {}))

    async def trouble(self) -> None:
        """Do it again while the service fails in every way; nothing may break."""
        account = self.running.account
        for kind in (
            *("http_error", "html", "bad_json", "wrong_types", "no_data"),
            *("null_lists", "reset", "token_expired", "refuse"),
        ):
            fault = {"code": "OPEN000010"} if kind == "refuse" else {}
            self.running.sim.faults.add(kind, path="/api/*", **fault)
            self.running.sim.faults.add(kind, path="/pictures/*")
            await self.happenings()
            await self.each_action()
            await self.player()
            self.running.sim.faults.clear()
            account.revoke_tokens()

    async def ask(self, message: dict[str, Any]) -> Any:
        """Send a websocket command and return the answer to it."""
        await self.socket.send_json_auto_id(message)
        return await self.socket.receive_json()

    async def get(self, where: str, path: str) -> None:
        """Keep what a page gets."""
        async with self.http.get(path) as response:
            self.outputs.add(where, await response.read())

    async def post(self, where: str, path: str, body: Any) -> Any:
        """Keep and return what a page gets for what it sends."""
        async with self.http.post(path, json=body) as response:
            answer = await response.json()
            assert response.status in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST), answer
        self.outputs.add(where, answer)
        return answer


async def _returned[T](value: T) -> T:
    return value
