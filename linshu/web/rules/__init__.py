"""Words of the shell that need no framework."""
