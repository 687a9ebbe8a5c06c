"""What went over the wire, in a form that may be shown."""
