"""The two contracts as pure functions: operation in, request out, answer read."""
