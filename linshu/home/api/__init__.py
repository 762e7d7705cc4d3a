"""The first page and the search for integrators."""
