"""The operations of the client, grouped as the contracts group them."""
