"""Roles as data, grants with dates; builds the actor of a request."""
