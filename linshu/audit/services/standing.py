"""How the chain stands: its head, what waits for a seal, and what the last verification found."""

from dataclasses import dataclass

from linshu.audit.models import Event, Seal, Verification
from linshu.audit.services.recording import mac_of


@dataclass(frozen=True)
class Standing:
    """``waiting`` counts events without a seal."""

    head: Seal | None
    sealed: int
    waiting: int
    verification: Verification | None


def standing() -> Standing:
    """Three queries; the seals have no gaps, so that the head's number is their count."""
    head = Seal.objects.order_by("-seq").first()
    sealed = head.seq if head else 0
    return Standing(head, sealed, max(0, Event.objects.count() - sealed), Verification.objects.first())


@dataclass(frozen=True)
class Proof:
    """What can be said of one event at once: its seal, and whether its content fits its code."""

    seal: Seal | None
    intact: bool


def proof_of(event: Event) -> Proof:
    """One query."""
    return Proof(Seal.objects.filter(event_uuid=event.uuid).first(), event.mac == mac_of(event))
