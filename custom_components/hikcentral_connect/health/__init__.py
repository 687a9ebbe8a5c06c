"""How the account and its devices are."""
