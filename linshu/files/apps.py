"""Django application."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "linshu.files"
    verbose_name = "文件"

    def ready(self) -> None:
        from linshu.files.providers import register

        register()
