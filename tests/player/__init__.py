"""What the browser's player asks Home Assistant for."""
