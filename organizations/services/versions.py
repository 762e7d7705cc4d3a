"""Two people at one form: what was looked at is told by a fingerprint, and the later of them sees what the first did."""

from django.db.models import Model

from linshu.errors import Conflict
from linshu.people.sealing import blind_index


def version_of(row: Model) -> str:
    """A fingerprint of every column: two who read the same get the same."""
    told = "|".join(f"{field.attname}={getattr(row, field.attname)}" for field in row._meta.concrete_fields)
    return blind_index(told, purpose="version")[:16]


def check_version(row: Model, version: str) -> None:
    """Conflict where the row, read under the lock, is no longer what was looked at; empty where nobody looked."""
    if version and version != version_of(row):
        message = "您打开表单之后，有人改了这项登记，没有提交。请核对现在的内容，再提交一次。"
        raise Conflict(message, code="changed_meanwhile")
