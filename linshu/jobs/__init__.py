"""Long work: a row that tells how far it is, done by a worker."""
