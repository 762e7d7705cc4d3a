"""Writing people, accounts and what they log in with."""

from linshu.people.services.persons import PersonData, fill_person, new_person

__all__ = ["PersonData", "fill_person", "new_person"]
