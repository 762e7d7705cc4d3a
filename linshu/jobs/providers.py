"""What jobs give the registries."""

from linshu.scope import Right
from linshu.web import registry as web


def register() -> None:
    """Called once at start."""
    # All that is done in the background today is importing and exporting, and who may import may export.
    web.register_entry(web.Entry("tools", "后台任务", "jobs:list", Right.MEMBERS_EXPORT, order=80))
