"""Django application."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "linshu.statistics"
    verbose_name = "年度统计"

    def ready(self) -> None:
        from linshu.statistics import providers

        providers.register()
