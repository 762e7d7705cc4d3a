"""API of organisations and of what hangs on them."""
