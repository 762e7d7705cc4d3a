"""The first page, search and health: composition of every app."""
