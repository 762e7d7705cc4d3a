"""Pages of the rule numbers."""
