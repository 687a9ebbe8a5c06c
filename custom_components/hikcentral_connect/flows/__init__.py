"""Pages of the dialogs that the config flow is made of."""
