"""The client over real HTTP, against the simulator and against liars."""
