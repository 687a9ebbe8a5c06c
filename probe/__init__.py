"""Asks a real account everything that reading can ask, and writes it down redacted."""
