"""Urgency: pure."""
