"""Tests of the HikCentral Connect integration."""
