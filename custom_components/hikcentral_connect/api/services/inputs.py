"""Alarm inputs and outputs."""

from collections.abc import Iterable
from itertools import batched

from ..dialects.teams import inputs as teams
from ..models.inputs import PortState
from ..operation import Service, operation, paged


class Inputs(Service):
    """Alarm inputs and outputs; the reference has none."""

    inputs = paged(teams=teams.inputs)
    outputs = paged(teams=teams.outputs)
    input_states = operation(teams=teams.input_states)
    input_states_by_proxy = operation(teams=teams.input_states_by_proxy)
    output_states = operation(teams=teams.output_states)
    control_output = operation(teams=teams.control_output, urgent=True)

    async def all_input_states(self, input_ids: Iterable[str]) -> list[PortState]:
        """Read the states of any number of inputs, with one call for every eight."""
        states: list[PortState] = []
        for chunk in batched(input_ids, teams.INPUTS_AT_ONCE, strict=False):
            states += await self.input_states(chunk)
        return states
