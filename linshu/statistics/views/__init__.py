"""Pages of the annual statistics."""
