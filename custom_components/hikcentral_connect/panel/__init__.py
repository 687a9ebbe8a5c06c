"""The panel, the dashboard card and the player behind both."""
