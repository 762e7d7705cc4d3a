"""Authentication and the API of grants."""
