"""党员: membership periods and the register."""
