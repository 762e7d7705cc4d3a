"""Django application."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "linshu.jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        from linshu.jobs import providers, receivers  # noqa: F401 - receivers connect on import

        providers.register()
