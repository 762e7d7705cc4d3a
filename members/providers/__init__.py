"""What members give the registries: events, jobs, standing, figures, checks, panel, search, navigation."""

from members.providers.change_checks import register_change_checks
from members.providers.checks import register_checks
from members.providers.dependants import register_carry
from members.providers.events import register_events
from members.providers.figures import register_figures
from members.providers.import_checks import register_import_checks
from members.providers.importing import register_importing
from members.providers.jobs import register_jobs
from members.providers.people import register_people
from members.providers.sealed import register_waiting
from members.providers.shell import register_shell


def register() -> None:
    """Fill the registries, once, from ``AppConfig.ready()``."""
    register_events()
    register_jobs()
    register_importing()
    register_people()
    register_carry()
    register_figures()
    register_checks()
    register_change_checks()
    register_import_checks()
    register_waiting()
    register_shell()
