"""What the dashboard gives the frame, and what it reads from figures, checks and periods."""

from linshu.dashboard.providers.events import register_events
from linshu.dashboard.providers.shell import register_shell


def register() -> None:
    """Fill the registries, once, from ``AppConfig.ready()``."""
    register_events()
    register_shell()
