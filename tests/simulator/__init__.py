"""Tests of the simulator itself: raw HTTP requests as the contracts document them."""
