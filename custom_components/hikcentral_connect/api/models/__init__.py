"""What the service tells, as frozen values; the same for both dialects."""
