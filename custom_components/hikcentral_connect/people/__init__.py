"""People, their photos, and the passes of visitors."""
