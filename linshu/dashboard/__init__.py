"""全县看板: the communities side by side, and the list behind every number."""
