"""Numbers that are frozen: their fingerprint, and what differs later."""
