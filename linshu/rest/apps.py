"""Django application."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    name = "linshu.rest"
    verbose_name = "接口约定"
