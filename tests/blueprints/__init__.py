"""The blueprints, each running as an automation on the simulated account."""
