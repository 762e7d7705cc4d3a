"""Importing a roster: upload, preview, confirmation, writing; or all at once from the command line."""

from members.services.importing.assigning import assign
from members.services.importing.opening import READ, WRITE, begin, confirm, discard
from members.services.importing.reading import read
from members.services.importing.running import Outcome, import_roster
from members.services.importing.settling import settle
from members.services.importing.writing import fail, write

__all__ = [
    "READ",
    "WRITE",
    "Outcome",
    "assign",
    "begin",
    "confirm",
    "discard",
    "fail",
    "import_roster",
    "read",
    "settle",
    "write",
]
