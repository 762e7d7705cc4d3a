"""Working days from the calendar table."""
