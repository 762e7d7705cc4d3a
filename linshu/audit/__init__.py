"""Event log with a MAC per row and a sealed chain."""
