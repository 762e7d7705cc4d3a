"""What members keep sealed beside the fields of persons."""

from linshu.people.registry import register_sealed
from members.services.sealing import seal_anew


def register_requests() -> None:
    """Waiting change requests move to a new key with everything else."""
    register_sealed("件变更申请", seal_anew)
