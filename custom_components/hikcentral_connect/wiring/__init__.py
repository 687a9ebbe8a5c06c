"""Alarm inputs and outputs: what is wired to recorders and panels."""
