"""Django application."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "linshu.figures"
    verbose_name = "指标"
