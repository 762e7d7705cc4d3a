"""Django application."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "党员"

    def ready(self) -> None:
        from members import receivers  # noqa: F401 - connects
        from members.providers import register

        register()
