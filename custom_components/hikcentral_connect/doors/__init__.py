"""Doors and bells."""
