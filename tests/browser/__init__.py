"""Tests in a real browser, on the demo."""
