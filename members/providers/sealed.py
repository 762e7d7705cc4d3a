"""What members keep sealed beside the fields of persons."""

from linshu.people.registry import register_sealed
from members.services.sealing import seal_anew, seal_rows_anew


def register_waiting() -> None:
    """Waiting change requests, and rows of imports to be confirmed, move to a new key with everything else."""
    register_sealed("件变更申请", seal_anew)
    register_sealed("行待导入的名册", seal_rows_anew)
