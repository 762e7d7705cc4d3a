"""Writing the event log, sealing it and proving it."""

from linshu.audit.services.recording import Entry, mac_of, record, record_many
from linshu.audit.services.sealing import seal
from linshu.audit.services.verifying import Verdict, verify

__all__ = ["Entry", "Verdict", "mac_of", "record", "record_many", "seal", "verify"]
