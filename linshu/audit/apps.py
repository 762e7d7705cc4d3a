"""Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "linshu.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from linshu.audit import providers

        providers.register()
