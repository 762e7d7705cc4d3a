"""The rule numbers for integrators."""
