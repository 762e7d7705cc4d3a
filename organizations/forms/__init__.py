"""Shapes of what is typed about organisations; import from the submodules."""
