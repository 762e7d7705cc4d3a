"""What organisations give the registries: event presenters, figures, checks, panels, coverage."""

from organizations.providers.events import register_events


def register() -> None:
    """Fill the registries, once, from ``AppConfig.ready()``."""
    register_events()
