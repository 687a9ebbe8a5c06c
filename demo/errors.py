"""What stops the demo."""


class DemoError(Exception):
    """A plain sentence for the person at the terminal."""
