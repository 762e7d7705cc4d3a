"""What jobs give the registries."""

from linshu.web import registry as web


def register() -> None:
    """Called once at start."""
    web.register_entry(web.Entry("tools", "后台任务", "jobs:list", None, order=80))
