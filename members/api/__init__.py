"""API of the register."""
