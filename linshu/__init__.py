"""临沭党建: a county's portal for community Party-building."""

from linshu.celery import app as celery_app

__all__ = ["celery_app"]
