"""Recordings and alarm pictures in the media browser."""
