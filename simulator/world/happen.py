"""Things that can be made to happen in a world."""

from dataclasses import replace
from datetime import datetime, timedelta

from . import World
from .events import (
    Access,
    Alarm,
    AlarmKind,
    CallPhase,
    Event,
    Located,
    Method,
    Phase,
    Ring,
)
from .people import Person
from .places import AlarmInput, Camera, Category, Device

PICTURE_DELAY = timedelta(seconds=2)
RING_TIME = timedelta(seconds=30)


class Happen:
    """Makes things happen, now or on the world's agenda."""

    def __init__(self, world: World) -> None:
        """Act on ``world``."""
        self._world = world
        self._ringing: dict[str, Ring] = {}

    def alarm(
        self,
        source_id: str,
        kind: AlarmKind | str = AlarmKind.MOTION,
        *,
        seconds: float = 10,
        pictures: int = 1,
        at: datetime | None = None,
    ) -> str:
        """Start an alarm on a camera or alarm input and return its guid.

        The pictures follow two seconds after the start, the end after ``seconds``.
        """
        at = at or self._world.clock.now()
        alarm = Alarm(
            guid=self._world.ids.unique("alarm"),
            kind=AlarmKind(kind),
            phase=Phase.START,
            source=self._source(source_id),
            started=at,
        )
        self._world.tell(alarm)
        taken = tuple(at + timedelta(seconds=number) for number in range(pictures))
        if taken:
            pictured = replace(alarm, phase=Phase.PICTURES, pictured=taken)
            self._later(at + PICTURE_DELAY, pictured)
        end = at + timedelta(seconds=seconds)
        self._later(end, replace(alarm, phase=Phase.END, ended=end, pictured=taken))
        if isinstance(alarm.source, AlarmInput):
            self._activate(alarm.source, end)
        return alarm.guid

    def pulse(self, source: Camera | AlarmInput | Device, kind: AlarmKind) -> str:
        """Tell an alarm that has no duration and return its guid."""
        now = self._world.clock.now()
        alarm = Alarm(
            guid=self._world.ids.unique("alarm"),
            kind=kind,
            phase=Phase.PULSE,
            source=source,
            started=now,
            ended=now,
        )
        self._world.tell(alarm)
        return alarm.guid

    def access(
        self,
        door_id: str,
        person: Person | None = None,
        *,
        method: Method | str = Method.CARD,
        granted: bool | None = None,
        at: datetime | None = None,
    ) -> bool:
        """Let somebody try a door and return whether it let them in.

        People are let in if their access levels or ``granted`` say so and the door
        is not held closed; an unknown credential (no person) never is.
        """
        at = at or self._world.clock.now()
        door = self._world.doors[door_id]
        known = self._world.people.get(person.id) if person else None
        welcome = known is not None and (
            self._world.may_pass(known, door, at) if granted is None else granted
        )
        admitted = welcome and door.admit(at)
        access = Access(
            at=at,
            door=door,
            method=Method(method),
            granted=admitted,
            person=known,
            number=self._world.accesses.number(),
        )
        self._world.tell(access)
        return admitted

    def ring(
        self,
        station_id: str | None = None,
        *,
        room: int = 101,
        at: datetime | None = None,
    ) -> str:
        """Ring at a door station, by default the first; return the call's id.

        Nobody answering, the station cancels after half a minute.
        """
        at = at or self._world.clock.now()
        station = self._station(station_id)
        doors = (door for door in self._world.doors.values() if door.device is station)
        ring = Ring(
            at=at,
            call=self._world.ids.unique("call"),
            phase=CallPhase.RINGING,
            station=station,
            doors=tuple(doors),
            room=room,
        )
        self._ringing[ring.call] = ring
        self._world.tell(ring)
        self._world.agenda.add(
            at + RING_TIME, lambda due: self._give_up(ring.call, due)
        )
        return ring.call

    def end_call(self, call: str, phase: CallPhase) -> bool:
        """End a ringing call; False if it does not ring (any more)."""
        if not (ring := self._ringing.pop(call, None)):
            return False
        self._world.tell(replace(ring, at=self._world.clock.now(), phase=phase))
        return True

    def carry_on(self, call: str, phase: CallPhase) -> None:
        """Tell the next phase of a call, whether it still rings or was answered."""
        if not self.end_call(call, phase) and (ring := self._world.history.call(call)):
            now = self._world.clock.now()
            self._world.tell(replace(ring, at=now, phase=phase))

    def rings(self, device: Device) -> bool:
        """Return whether a call of a door station waits for an answer."""
        return any(one.station is device for one in self._ringing.values())

    def locate(self, vehicle_id: str, *, at: datetime | None = None) -> bool:
        """Let a vehicle tell where it is; False if it cannot."""
        at = at or self._world.clock.now()
        vehicle = self._world.fleet.vehicles[vehicle_id]
        fix, device = vehicle.fix(at), vehicle.device
        if not fix or not device:
            return False
        self._world.tell(Located(at=at, vehicle=vehicle, device=device, fix=fix))
        return True

    def connect(self, device_id: str, *, online: bool) -> None:
        """Bring a device online or offline and tell so if that is a change."""
        device = self._world.devices[device_id]
        if device.online is online:
            return
        device.online = online
        kind = AlarmKind.DEVICE_ONLINE if online else AlarmKind.DEVICE_OFFLINE
        self.pulse(device, kind)

    def _give_up(self, call: str, due: datetime) -> None:
        if ring := self._ringing.pop(call, None):
            self._world.tell(replace(ring, at=due, phase=CallPhase.CANCELLED))

    def _activate(self, contact: AlarmInput, end: datetime) -> None:
        contact.alarms += 1

        def rest(_: datetime) -> None:
            contact.alarms -= 1

        self._world.agenda.add(end, rest)

    def _later(self, due: datetime, event: Event) -> None:
        self._world.agenda.add(due, lambda _: self._world.tell(event))

    def _source(self, source_id: str) -> Camera | AlarmInput:
        world = self._world
        return world.cameras.get(source_id) or world.alarm_inputs[source_id]

    def _station(self, station_id: str | None) -> Device:
        if station_id:
            return self._world.devices[station_id]
        devices = self._world.devices.values()
        return next(one for one in devices if one.category is Category.INTERCOM)
