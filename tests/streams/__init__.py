"""Live streams that Home Assistant plays by itself."""
