"""What members give the registries: events, standing, figures, checks, panel, search, navigation."""

from members.providers.events import register_events
from members.providers.people import register_people


def register() -> None:
    """Fill the registries, once, from ``AppConfig.ready()``."""
    register_events()
    register_people()
