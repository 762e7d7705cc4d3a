"""Who already has an identity number: told in full inside the officer's scope, in one sentence outside."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from linshu.audit import services as audit
from linshu.errors import Problem, Refusal
from linshu.people.models import Person
from linshu.people.sealing import blind_index
from linshu.scope import Actor, Right
from members.models import Membership
from members.services.memberships import BATCH

ELSEWHERE = "已在其他组织登记"
SENTENCE = "该人已在其他组织登记，请走组织关系转接。"


def holders_of(numbers: Collection[str]) -> dict[str, Person]:
    """Known persons by identity number; one query for 500 numbers."""
    indexes = {blind_index(number, purpose="id_number"): number for number in numbers if number}
    asked = list(indexes)
    found: dict[str, Person] = {}
    for start in range(0, len(asked), BATCH):
        for person in Person.objects.filter(id_number_index__in=asked[start : start + BATCH]):
            found[indexes[person.id_number_index or ""]] = person
    return found


def last_memberships(person_ids: Collection[int], by: Actor) -> dict[int, Membership]:
    """The last period of each of the persons whose file, or last branch, is in the officer's scope."""
    rows = Membership.objects.within(by.scope(Right.MEMBERS_READ)).filter(person_id__in=person_ids)
    return {row.person_id: row for row in rows.order_by("valid_from").with_names()}


def taken_problems(wanted: Mapping[int, str], by: Actor) -> Iterator[tuple[int, Problem]]:
    """For each person (id → the number he is to get) whose number belongs to somebody else: what to tell."""
    holders = holders_of(wanted.values())
    near = last_memberships([person.pk for person in holders.values()], by)
    for person_id, number in wanted.items():
        holder = holders.get(number)
        if holder is None or holder.pk == person_id:
            continue
        if holder.pk in near:
            place = near[holder.pk].branch.short_name
            message = f"这个证号已登记在{holder.name}（{place}）名下，一个证号只能登记一人。请对照证件核对。"
            yield person_id, Problem("id_number", message, "一人一号")
        else:
            yield person_id, Problem("id_number", SENTENCE, ELSEWHERE)


def record_elsewhere(error: Refusal, *, act: str, by: Actor, now: datetime) -> None:
    """That somebody came upon a person of another place is kept, though what he wanted left no trace.

    Called after the transaction of the refused act is over.
    """
    if any(problem.rule == ELSEWHERE for problem in error.problems):
        audit.record("members.stranger_met", by=by, label=act, data={"act": act}, now=now)
