"""Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "linshu.web"
    verbose_name = "页面框架"
