"""Fictional Linshu, made through services."""
