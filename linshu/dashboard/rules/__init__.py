"""Rows of the table and points of the trend, without a database."""
