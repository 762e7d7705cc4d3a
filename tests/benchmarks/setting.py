"""The portal as it is measured: production's templates and no debugging, the demo's log-in, the floors beside its addresses."""

import os

import django


def begin() -> None:
    """Set Django up; call before anything of it is imported."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "linshu.settings"
    django.setup()
    from django.conf import settings

    settings.DEBUG = False
    settings.ROOT_URLCONF = "tests.benchmarks.floors"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
