"""Triggers: our own, and those of Home Assistant that our device classes reach."""
