"""The first page, search, and health."""
