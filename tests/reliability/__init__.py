"""Promises that only a whole Home Assistant can keep or break."""
