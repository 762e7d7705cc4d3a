"""Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkdaysConfig(AppConfig):
    name = "linshu.workdays"
    verbose_name = "工作日历"

    def ready(self) -> None:
        from linshu.workdays import providers, receivers

        providers.register()
        post_migrate.connect(receivers.seed_calendar, sender=self)
