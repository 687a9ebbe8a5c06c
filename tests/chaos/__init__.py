"""Faults and attacks, against promises that are counted in the simulator's record."""
