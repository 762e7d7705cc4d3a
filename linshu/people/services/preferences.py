"""How somebody likes to see the portal."""

from linshu.people.models import User


def switch_large_text(*, user: User) -> bool:
    """Turn the larger text on or off for the account; returns what holds now. A taste, so no audit event."""
    user.large_text = not user.large_text
    user.save(update_fields=["large_text"])
    return user.large_text
