"""Writing people, accounts and what they log in with."""

from linshu.people.services.persons import PersonData, columns_of, fill_person, new_person

__all__ = ["PersonData", "columns_of", "fill_person", "new_person"]
