"""Accounts and tokens for integrators."""
