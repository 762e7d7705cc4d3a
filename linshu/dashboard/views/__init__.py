"""Pages of the dashboard and the files it gives."""
