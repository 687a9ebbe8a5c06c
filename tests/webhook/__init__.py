"""Push: what the service sends by itself, and what happens when it cannot."""
