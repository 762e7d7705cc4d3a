"""Django application."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "linshu.dashboard"
    verbose_name = "看板"

    def ready(self) -> None:
        from linshu.dashboard import providers

        providers.register()
