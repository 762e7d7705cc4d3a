"""Django application."""

from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "linshu.workdays"
    verbose_name = "工作日历"
