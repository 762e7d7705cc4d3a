"""Django application."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "linshu.home"
    verbose_name = "首页"
