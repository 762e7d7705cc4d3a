"""Annual statistics: the register on 31 December, frozen as a file."""
