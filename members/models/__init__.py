"""Membership periods, and what is done to the register as a whole."""

from members.models.changing import ChangeRequest
from members.models.exporting import Export
from members.models.importing import Import, ImportRow
from members.models.membership import Category, Membership

__all__ = ["Category", "ChangeRequest", "Export", "Import", "ImportRow", "Membership"]
