"""Attacks: by the server, by a user without rights, by a page, by whoever is outside."""
