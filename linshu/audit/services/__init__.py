"""Writing the event log, sealing it and proving it."""

from linshu.audit.services.recording import Entry, mac_of, record, record_many
from linshu.audit.services.sealing import seal
from linshu.audit.services.standing import Proof, Standing, proof_of, standing
from linshu.audit.services.verifying import Verdict, verify

__all__ = [
    "Entry",
    "Proof",
    "Standing",
    "Verdict",
    "mac_of",
    "proof_of",
    "record",
    "record_many",
    "seal",
    "standing",
    "verify",
]
