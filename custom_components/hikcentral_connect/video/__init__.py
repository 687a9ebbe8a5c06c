"""Moving pictures: native streams of Home Assistant, and recordings."""
