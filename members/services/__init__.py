"""Writing memberships; the only door to the register."""
