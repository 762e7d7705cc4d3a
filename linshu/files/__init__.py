"""Stored files: encrypted at rest, each owned by one row higher up and served below that row's address."""
