"""What organisations give the registries: event presenters, figures, checks, panels, coverage."""

from organizations.providers import checks, community_checks
from organizations.providers.events import register_events
from organizations.providers.figures import register_figures
from organizations.providers.grids import register_grids
from organizations.providers.panels import register_panels
from organizations.providers.shell import register_shell


def register() -> None:
    """Fill the registries, once, from ``AppConfig.ready()``."""
    register_events()
    register_figures()
    register_grids()
    checks.register_checks()
    community_checks.register_checks()
    register_panels()
    register_shell()
