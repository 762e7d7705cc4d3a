"""Writing kinship: one row a pair, smaller id first, seen from there."""

from collections.abc import Mapping

from django.db import transaction

from linshu.people.models import Kinship, Person, Relation
from linshu.people.rules.kinship import seen_from


@transaction.atomic
def declare_kinships(*, person: Person, relations: Mapping[int, str]) -> None:
    """Set what each relative (by id) is to the person; the empty relation removes what was declared before.

    The caller records the event: a kinship has no organisation, what it is declared for has.
    """
    for relative_id, relation in relations.items():
        low, high = sorted((person.pk, relative_id))
        if not relation:
            Kinship.objects.filter(person=low, relative=high).delete()
            continue
        stored = relation if person.pk == low else seen_from(relation)
        Kinship.objects.update_or_create(person_id=low, relative_id=high, defaults={"relation": Relation(stored)})


def relations_of(person: Person) -> dict[int, str]:
    """What each declared relative (by id) is to the person."""
    found = dict(Kinship.objects.filter(person=person).values_list("relative", "relation"))
    others = Kinship.objects.filter(relative=person).values_list("person", "relation")
    return found | {other: seen_from(relation) for other, relation in others}
