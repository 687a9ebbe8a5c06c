"""Stands in for a speech library that would have to be compiled; see pymicro_vad."""


class AudioProcessor:
    """Takes noise out of speech; not in the demo."""

    def __init__(self, auto_gain: int, noise_suppression: int) -> None:
        """Refuse."""
        raise NotImplementedError("The demo has no speech recognition")
