"""Vehicles and where they are."""
