"""Django application."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "linshu.home"
    verbose_name = "首页"

    def ready(self) -> None:
        from linshu.home import providers

        providers.register()
