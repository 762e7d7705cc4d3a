"""Celery application: workers run jobs, beat keeps the schedule."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linshu.settings")

app = Celery("linshu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def spare_the_collector(**told: Any) -> None:
    """What is loaded stays loaded: to look through all of it for garbage again and again is a tenth of an import."""
    gc.freeze()
