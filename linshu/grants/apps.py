"""Django application."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "linshu.grants"
    verbose_name = "角色与授权"
