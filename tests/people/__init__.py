"""People: actions on them, their photos, and what is known of them."""
