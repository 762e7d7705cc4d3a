"""Annual statistics for integrators."""
