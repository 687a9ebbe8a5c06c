"""Health of the account and its devices: package, disks, recording, issues."""
