"""Messages of the service: read, recognised, remembered and told to Home Assistant."""
