"""The control API under /simulator/: look into the worlds and make things happen.

Errors are HTTP 400 for a wrong body and 404 for something that does not exist, with
``{"error": ...}``. Accounts are named by key or by dialect.
"""

from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .account import Account
from .contract import Flag, Group, Mistake, Text, Whole, group, may, need
from .faults import FaultKind
from .page import page
from .webhook import Callback as Target, Webhook
from .world.disks import DiskState
from .world.doors import DoorAction
from .world.events import AlarmKind, CallPhase, Method

if TYPE_CHECKING:
    from .server import Simulator

type Act = Callable[[Account, dict[str, Any]], Any]
type Json = dict[str, Any]


def _access(account: Account, body: Json) -> Any:
    world = account.world
    person = world.people[body["personId"]] if body["personId"] else None
    method, granted = body["method"], body["granted"]
    door = body["doorId"]
    return account.happen.access(door, person, method=method, granted=granted)


def _door(account: Account, body: Json) -> None:
    door = account.world.doors[body["doorId"]]
    if body["configured"] is not None:
        door.configured = body["configured"]
    if body["online"] is not None:
        door.connected = body["online"]
        account.world.outages.note(door.id, online=body["online"])


def _camera(account: Account, body: Json) -> None:
    account.world.cameras[body["cameraId"]].connected = body["online"]
    account.world.outages.note(body["cameraId"], online=body["online"])


def _output(account: Account, body: Json) -> None:
    relay = account.world.alarm_outputs[body["outputId"]]
    relay.switch(account.world.clock.now(), "simulator", on=body["on"])


def _disk(account: Account, body: Json) -> None:
    disks = {one.number: one for one in account.world.disks.of(body["deviceId"])}
    disks[body["number"]].state = DiskState(body["state"])


def _plate(account: Account, body: Json) -> str:
    camera = account.world.cameras[body["cameraId"]]
    return account.world.traffic.drive_by(camera, body["plate"]).id


def _package(account: Account, body: Json) -> None:
    if body["room"] is not None:
        account.package.room = body["room"]
        account.package.devices = len(account.world.devices) + body["room"]
    if body["days"] is not None:
        now = account.world.clock.now()
        account.package.ends = now + timedelta(days=body["days"])


def _alarm_rules(account: Account, body: Json) -> None:
    for rule in account.world.alarm_rules.values():
        rule.enabled = body["enabled"]


def _webhook(account: Account, body: Json) -> None:
    """Let another program have set a webhook, which takes nothing."""
    callback = Target(url=body["url"], secret=token_hex(8))
    account.webhook = Webhook(callback, (), account.world.clock, lambda: None)


def _secret(account: Account, body: Json) -> None:
    account.secret = body["secret"]
    account.revoke_tokens()


ACTIONS: dict[str, tuple[Group, Act]] = {
    "alarm": (
        group(
            need("sourceId", Text()),
            may("kind", Text(choices=tuple(AlarmKind)), AlarmKind.MOTION),
            may("seconds", Whole(0), 10),
            may("pictures", Whole(0, 5), 1),
        ),
        lambda account, body: account.happen.alarm(
            body["sourceId"],
            body["kind"],
            seconds=body["seconds"],
            pictures=body["pictures"],
        ),
    ),
    "ring": (
        group(may("deviceId", Text()), may("room", Whole(1), 101)),
        lambda account, body: account.happen.ring(body["deviceId"], room=body["room"]),
    ),
    "end-call": (
        group(need("callId", Text()), may("phase", Whole(1, 3), 2)),
        lambda account, body: account.happen.end_call(
            body["callId"], CallPhase(body["phase"])
        ),
    ),
    "access": (
        group(
            need("doorId", Text()),
            may("personId", Text()),
            may("method", Text(choices=tuple(Method)), Method.CARD),
            may("granted", Flag()),
        ),
        _access,
    ),
    "device": (
        group(need("deviceId", Text()), need("online", Flag())),
        lambda account, body: account.happen.connect(
            body["deviceId"], online=body["online"]
        ),
    ),
    "camera": (group(need("cameraId", Text()), need("online", Flag())), _camera),
    "door": (
        group(need("doorId", Text()), may("online", Flag()), may("configured", Flag())),
        _door,
    ),
    "command": (
        group(
            need("doorId", Text()),
            need("action", Text(choices=tuple(DoorAction))),
        ),
        lambda account, body: account.world.doors[body["doorId"]].command(
            DoorAction(body["action"]), "simulator"
        ),
    ),
    "locate": (
        group(need("vehicleId", Text())),
        lambda account, body: account.happen.locate(body["vehicleId"]),
    ),
    "output": (group(need("outputId", Text()), need("on", Flag())), _output),
    "disk": (
        group(
            need("deviceId", Text()),
            need("number", Whole(1)),
            need("state", Text(choices=tuple(DiskState))),
        ),
        _disk,
    ),
    "plate": (group(need("cameraId", Text()), need("plate", Text())), _plate),
    "package": (group(may("room", Whole()), may("days", Whole())), _package),
    "remove-device": (
        group(need("deviceId", Text())),
        lambda account, body: account.world.remove_device(
            account.world.devices[body["deviceId"]]
        ),
    ),
    "alarm-rules": (group(need("enabled", Flag())), _alarm_rules),
    "webhook": (group(need("url", Text())), _webhook),
    "revoke-tokens": (group(), lambda account, _: account.revoke_tokens()),
    "expire-tokens": (group(), lambda account, _: account.expire_tokens()),
    "expire-streaming": (group(), lambda account, _: account.streaming.expire()),
    "revoke-key": (group(), lambda account, _: account.revoke_key()),
    "secret": (group(need("secret", Text(64))), _secret),
}


class Control:
    """The handlers of the control API."""

    def __init__(self, simulator: Simulator) -> None:
        """Act on a simulator."""
        self._simulator = simulator

    async def page(self, _: web.Request) -> web.Response:
        """Show the worlds."""
        return web.Response(text=page(self._state()), content_type="text/html")

    async def state(self, _: web.Request) -> web.Response:
        """Tell everything about the worlds."""
        return web.json_response(self._state())

    async def act(self, request: web.Request) -> web.Response:
        """Make something happen in an account."""
        account = self._account(request)
        shape, act = ACTIONS[request.match_info["action"]]
        body = shape.read("body", await _body(request))
        account.world.settle()
        return web.json_response({"result": act(account, body)})

    async def door(self, request: web.Request) -> web.Response:
        """Tell a door's commands."""
        door = self._account(request).world.doors[request.match_info["door"]]
        return web.json_response(
            {
                "state": door.state,
                "commands": [_command(one) for one in door.commands],
                "refused": [_command(one) for one in door.refused],
            }
        )

    async def record(self, request: web.Request) -> web.Response:
        """Tell the latest calls, newest first; DELETE forgets them."""
        record = self._simulator.record
        if request.method == "DELETE":
            record.clear()
        query = request.query
        calls = record.as_json(
            query.get("path", "*"),
            key=query.get("key"),
            code=query.get("code"),
            last=int(query.get("last", "200")),
        )
        most = record.max_per_second(query.get("key"))
        return web.json_response({"maxPerSecond": most, "calls": calls})

    async def faults(self, request: web.Request) -> web.Response:
        """List the faults; POST adds one, DELETE takes all away."""
        faults = self._simulator.faults
        if request.method == "DELETE":
            faults.clear()
        if request.method == "POST":
            faults.add(**await _body(request))
        return web.json_response({"faults": faults.as_json(), "kinds": list(FaultKind)})

    async def clock(self, request: web.Request) -> web.Response:
        """Tell the time; POST ``{"shift": seconds}`` moves it."""
        if request.method == "POST":
            shape = group(need("shift", Whole()))
            body = shape.read("body", await _body(request))
            self._simulator.clock.shift(body["shift"])
        now = self._simulator.clock.now().isoformat()
        return web.json_response({"now": now, "speed": self._simulator.clock.speed})

    def _account(self, request: web.Request) -> Account:
        try:
            return self._simulator.account(request.match_info["account"])
        except ValueError:
            raise KeyError(request.match_info["account"]) from None

    def _state(self) -> Json:
        simulator = self._simulator
        for account in simulator.accounts.values():
            account.world.settle()
        return {
            "url": simulator.url,
            "now": simulator.clock.now().isoformat(),
            "calls": len(simulator.record),
            "faults": simulator.faults.as_json(),
            "streams": [
                {"camera": one.camera.id, "path": one.path, "messages": one.messages}
                for one in simulator.streams.running
            ],
            "accounts": [_account(one) for one in simulator.accounts.values()],
        }


def add_control(app: web.Application, simulator: Simulator) -> None:
    """Serve the control API."""
    control = Control(simulator)
    inner = web.Application(middlewares=[_errors])
    inner.router.add_get("/", control.page)
    inner.router.add_get("/state", control.state)
    inner.router.add_post("/accounts/{account}/{action}", control.act)
    inner.router.add_get("/accounts/{account}/doors/{door}", control.door)
    for method in ("GET", "DELETE"):
        inner.router.add_route(method, "/record", control.record)
    for method in ("GET", "POST", "DELETE"):
        inner.router.add_route(method, "/faults", control.faults)
    for method in ("GET", "POST"):
        inner.router.add_route(method, "/clock", control.clock)
    app.add_subapp("/simulator/", inner)


@web.middleware
async def _errors(
    request: web.Request, handler: Callable[[web.Request], Any]
) -> web.StreamResponse:
    try:
        response: web.StreamResponse = await handler(request)
    except KeyError as error:
        return web.json_response({"error": f"There is no {error}"}, status=404)
    except (Mistake, ValueError, TypeError) as error:
        return web.json_response({"error": str(error)}, status=400)
    return response


async def _body(request: web.Request) -> Json:
    body = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise TypeError("The body is not an object")
    return body


def _command(command: Any) -> Json:
    return {
        "at": command.at.isoformat(),
        "action": command.action,
        "by": command.by,
    }


def _account(account: Account) -> Json:
    world = account.world
    return {
        "dialect": account.speech,
        "key": account.key,
        "logins": account.logins,
        "revoked": account.revoked,
        "devices": [
            {
                "id": one.id,
                "name": one.name,
                "serial": one.serial,
                "category": one.category,
                "online": one.online,
                "encrypted": one.encrypted,
            }
            for one in world.devices.values()
        ],
        "cameras": [
            {
                "id": one.id,
                "name": one.name,
                "area": one.area.name,
                "device": one.device.name,
                "channel": one.channel_no,
                "codec": one.codec,
                "online": one.online,
            }
            for one in world.cameras.values()
        ],
        "alarmInputs": [
            {"id": one.id, "name": one.name} for one in world.alarm_inputs.values()
        ],
        "alarmOutputs": [
            {"id": one.id, "name": one.name, "on": one.on}
            for one in world.alarm_outputs.values()
        ],
        "vehicles": [
            {"id": one.id, "name": one.name, "plate": one.plate, "online": one.online}
            for one in world.fleet.vehicles.values()
        ],
        "doors": [
            {
                "id": one.id,
                "name": one.name,
                "area": one.area.name,
                "state": one.state,
                "online": one.online,
                "opened": one.opened,
                "commands": len(one.commands),
            }
            for one in world.doors.values()
        ],
        "people": [{"id": one.id, "name": one.name} for one in world.people.values()],
        "queues": {
            "alarms": account.alarms.waiting,
            "messages": account.messages.waiting,
            "subscriptions": {
                key: queue.waiting for key, queue in account.subscriptions.items()
            },
        },
    }
