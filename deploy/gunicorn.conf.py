"""Gunicorn: threads, because views wait for the database. No access log: addresses may carry what people searched for."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
timeout = 60
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
loglevel = "warning"
preload_app = True  # imported once, before the workers are forked
control_socket_disable = True
