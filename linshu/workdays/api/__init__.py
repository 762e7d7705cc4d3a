"""The working calendar for integrators."""
