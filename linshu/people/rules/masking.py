"""Masking (domain rule book 11): what may be seen of a personal value without the right to see it whole."""


def id_number(value: str) -> str:
    """First six digits only: the birth date is shown elsewhere, so a visible tail would reveal everything."""
    return f"{value[:6]}************" if value else ""


def phone(value: str) -> str:
    """``138****5678``."""
    return f"{value[:3]}****{value[-4:]}" if len(value) >= 7 else "****" if value else ""


def address(value: str) -> str:
    """Up to the street or estate: digits and what follows them are hidden."""
    for position, character in enumerate(value):
        if character.isdigit():
            return f"{value[:position]}***"
    return value


def name(value: str) -> str:
    """``王*``: for residents who ask for help."""
    return f"{value[:1]}{'*' * (len(value) - 1)}"
