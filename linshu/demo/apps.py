"""Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "linshu.demo"
    verbose_name = "演示数据"

    def ready(self) -> None:
        from linshu.demo import providers

        providers.register()
