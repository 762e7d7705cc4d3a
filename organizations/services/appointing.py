"""Giving many 党内职务 at once, for the importer: the rules of a single appointment, a few statements for all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.parameters.services import values_on_each
from linshu.people.models import Person
from linshu.scope import Actor, Right
from organizations.models import OPEN_END, Organization, OrganizationPeriod, Post
from organizations.registry import Standing, standing_of
from organizations.rules import posts as rules
from organizations.rules.kinds import Kind
from organizations.services.posts import told
from organizations.tree import BATCH, tree_lock


@dataclass(frozen=True)
class Appointment:
    """A person (saved) who gets a title from ``on`` on."""

    organization: Organization
    person: Person
    title: str
    on: date


def appoint_many(appointments: Sequence[Appointment], *, by: Actor, now: datetime) -> list[Post]:
    """Appoint all or none (rule book 1.2); Conflict when a title is taken, Invalid when the holder may not have it."""
    places = {each.organization.pk for each in appointments}
    if by.scope(Right.ORGANIZATIONS_EDIT).covered(places) != places:
        raise NotPermitted
    with tree_lock():
        judged = _Judged(appointments)
        for each in appointments:
            judged.check(each)
        posts = Post.objects.bulk_create([_post(each) for each in appointments], batch_size=BATCH)
        entries = [
            audit.Entry("organizations.post_appointed", post, post.organization_id, data=told(post)) for post in posts
        ]
        audit.record_many(entries, by=by, now=now)
    return posts


def _post(each: Appointment) -> Post:
    return Post(organization=each.organization, person=each.person, title=each.title, valid_from=each.on)


class _Judged:
    """Everything the rules ask, read once; what has passed counts for those after it."""

    def __init__(self, appointments: Sequence[Appointment]) -> None:
        places = {each.organization.pk for each in appointments}
        self.periods: dict[int, list[OrganizationPeriod]] = defaultdict(list)
        for period in OrganizationPeriod.objects.filter(organization_id__in=places):
            self.periods[period.organization_id].append(period)
        self.posts: dict[tuple[int, str], list[Post]] = defaultdict(list)
        for post in Post.objects.filter(organization_id__in=places).select_related("person"):
            self.posts[post.organization_id, post.title].append(post)
        people: dict[date, set[int]] = defaultdict(set)
        for each in appointments:
            people[each.on].add(each.person.pk)
        self.standing: dict[date, dict[int, Standing]] = {day: standing_of(ids, day) for day, ids in people.items()}
        self.values = values_on_each(people)

    def check(self, each: Appointment) -> None:
        """Title, holder and room on the days of the post."""
        kind = self._kind(each)
        spec = rules.spec_of(kind, each.title)
        if each.person.died_on:
            raise Invalid.field("person", f"{each.person}已去世，不能任职。", rule="在世")
        standing = self.standing[each.on].get(each.person.pk)
        rules.check_holder(kind, spec, member=standing is not None, full=standing is not None and standing.is_full)
        held = self.posts[each.organization.pk, each.title]
        meanwhile = [post for post in held if post.valid_to > each.on]
        rivals = self.posts[each.organization.pk, rules.rival_of(each.title)]
        own = {post.title for post in rivals if post.person_id == each.person.pk and post.valid_to > each.on}
        rules.check_apart(each.person.name, each.title, own)
        if any(post.person_id == each.person.pk for post in meanwhile):
            raise Conflict(f"{each.person}在这段时间已任{each.title}，不用重复任命。", code="post_held")
        rules.check_room(spec.title, [post.person.name for post in meanwhile], self._most(spec, each.on))
        held.append(_post(each))

    def _kind(self, each: Appointment) -> Kind:
        periods = self.periods[each.organization.pk]
        if not any(period.valid_to == OPEN_END for period in periods):
            raise Conflict(f"{each.organization}已经撤销，不能再登记。请到接续它的组织办理。", code="closed")
        for period in periods:
            if period.valid_from <= each.on < period.valid_to:
                return Kind(period.kind)
        message = f"{each.organization}在 {each.on} 尚未成立，请填成立之后的日期。"
        raise Invalid.field("on", message, rule="日期不早于成立日", value=each.on)

    def _most(self, spec: rules.TitleSpec, day: date) -> int:
        if not spec.most_code:
            return spec.most
        return int(self.values[day][spec.most_code])
