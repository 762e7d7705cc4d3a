"""The security administrator's pages, and the roles explained to everybody."""
