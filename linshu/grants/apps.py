"""Django application."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "linshu.grants"
    verbose_name = "角色与授权"

    def ready(self) -> None:
        from linshu.grants import providers  # needs the loaded registry of apps

        providers.register()
