"""Stands in for a speech library that would have to be compiled.

Home Assistant imports it before it answers the web page's first questions, and there is
no wheel for Python 3.14. The demo listens to no microphone; text works.
"""


class MicroVad:
    """Tells speech from noise; not in the demo."""

    def __init__(self) -> None:
        """Refuse."""
        raise NotImplementedError("The demo has no speech recognition")
