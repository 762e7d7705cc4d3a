"""What organisations give the registries: event presenters, figures, checks, panels, coverage."""

from organizations.providers import checks, community_checks
from organizations.providers.events import register_events
from organizations.providers.grids import register_grids
from organizations.providers.panels import register_panels


def register() -> None:
    """Fill the registries, once, from ``AppConfig.ready()``."""
    register_events()
    register_grids()
    checks.register_checks()
    community_checks.register_checks()
    register_panels()
