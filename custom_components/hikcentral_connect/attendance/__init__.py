"""Attendance of the persons of the account."""
