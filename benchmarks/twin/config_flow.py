"""Core sets up no entry without a flow; nobody starts this one."""

from homeassistant.config_entries import ConfigFlow


class TwinFlow(ConfigFlow, domain="hikcentral_connect_twin"):
    """Makes nothing."""
