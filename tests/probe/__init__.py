"""The probe: asks a whole account and tells nothing of it."""
