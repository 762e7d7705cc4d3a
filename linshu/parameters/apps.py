"""Django application."""

from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "linshu.parameters"
    verbose_name = "规则参数"
