"""Loaded before Django: the public demo secrets serve the tests (``-p tests.environment`` in pyproject.toml)."""

import os

os.environ.setdefault("DEBUG", "1")
