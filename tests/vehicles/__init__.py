"""Vehicles: where they are, how fast, and with how many requests."""
