"""The writers of organisations and of what hangs on them; import from the submodules."""
