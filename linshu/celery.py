"""Celery application: workers run jobs, beat keeps the schedule."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linshu.settings")

app = Celery("linshu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
