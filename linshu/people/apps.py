"""Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "linshu.people"
    verbose_name = "人员与账号"
