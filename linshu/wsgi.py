"""WSGI entry point: imported once, before the workers are forked."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linshu.settings")

application = get_wsgi_application()

# Every view is imported now, and what is here stays to the end: the collector need not walk through it again and again,
# a tenth of a second each time, while somebody waits for his page.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
