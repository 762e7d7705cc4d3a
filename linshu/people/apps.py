"""Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "linshu.people"
    verbose_name = "人员与账号"

    def ready(self) -> None:
        from linshu.people import providers, receivers  # noqa: F401 - receivers connect on import

        providers.register()
