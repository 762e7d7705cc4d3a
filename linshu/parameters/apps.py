"""Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ParametersConfig(AppConfig):
    name = "linshu.parameters"
    verbose_name = "规则参数"

    def ready(self) -> None:
        from linshu.parameters import providers, receivers

        providers.register()
        post_migrate.connect(receivers.seed_parameters, sender=self)
