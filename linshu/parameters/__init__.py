"""Dated rule numbers: what the rule book marks as a parameter is never a constant."""
