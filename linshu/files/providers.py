"""What stored files give to others: they move to a new key with everything else that is sealed."""

from linshu.files.services import seal_anew
from linshu.people import registry


def register() -> None:
    registry.register_sealed("个文件", seal_anew)
