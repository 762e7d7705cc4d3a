"""Whole ways through the portal."""
