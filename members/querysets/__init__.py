"""Reads of memberships."""

from datetime import date
from typing import Any, Self

from django.db.models import Count, DateField, Exists, Model, OuterRef, Prefetch, Q, QuerySet, Value
from django.utils import timezone

from linshu.errors import NotFound, NotPermitted
from linshu.jobs.rules.states import State
from linshu.people.sealing import blind_index
from linshu.scope import Actor, Right, Scope, ScopedQuerySet
from members.querysets.lines import LineIterable
from members.rules.ages import AGES
from members.rules.importing import State as ImportState
from members.rules.importing import Verdict
from members.rules.roster.shape import MEMBERS, ORGANIZATIONS
from organizations.models import OPEN_END, Post
from organizations.rules.kinds import Kind
from organizations.tree import ids_below

PHONE_TAIL = 4
SUBMITTED = "submitted"  # a change request that waits
FULL = "full"  # the category of who has become a full member
SORTS = {
    "name": ("pinyin_key",),
    "-name": ("-pinyin_key",),
    "organization": ("organization", "pinyin_key"),
    "-organization": ("-organization", "pinyin_key"),
    "birth_date": ("person__birth_date", "pinyin_key"),
    "-birth_date": ("-person__birth_date", "pinyin_key"),
    "joined_on": ("joined_on", "pinyin_key"),
    "-joined_on": ("-joined_on", "pinyin_key"),
}


FILED = frozenset({"mobile", "sex", "age", "education"})  # filters by what the line of who left hides


def condition(
    *, day: date, category: str = "", mobile: str = "", sex: str = "", age: str = "", education: str = ""
) -> Q:
    """``category`` as it was on ``day``, ``mobile`` yes or no, ``age`` one of ``AGES`` reached on ``day``, ``education`` a level; empty: any."""
    found = Q()
    if category:
        full = Q(full_on__lte=day)
        found &= full if category == FULL else Q(full_on=None) | Q(full_on__gt=day)
    if mobile:
        found &= Q(is_mobile=mobile == "yes")
    if sex:
        found &= Q(person__sex=sex)
    if age:
        after, until = AGES[age].born(day)
        found &= Q(person__birth_date__lte=until)
        found &= Q(person__birth_date__gt=after) if after else Q()
    if education:
        found &= Q(person__education_level=education)
    return found


class MembershipQuerySet(ScopedQuerySet):
    """Membership periods; a member reaches his own."""

    person_path = "person_id"

    def on(self, day: date) -> Self:
        """Memberships in force on ``day``."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)

    def below_roots(self, scope: Scope) -> Q:
        """Of counties by the county on the row: the sorted index begins with it, and no tree is read."""
        return Q(county_id__in=scope.roots) if scope.counties else super().below_roots(scope)

    def below(self, organization_id: int, day: date) -> Self:
        """Memberships of the node and of everything that stood under it on ``day``."""
        if day < timezone.localdate():
            return self.filter(organization_id__in=ids_below(organization_id, day))
        return self.within(Scope(frozenset({organization_id})))  # today's tree need not be walked

    def with_file(self, scope: Scope, *, today: date, day: date | None = None) -> Self:
        """``has_file``: may the scope read more than name, dates and category?

        The file follows the membership in force: who left keeps a line in the old branch, no more. Where the rows are
        those in scope on a ``day`` that is today, each is that membership itself.
        """
        if day == today:
            return self.annotate(has_file=Value(True))
        here = type(self)(self.model).on(today).within(scope).filter(person_id=OuterRef("person_id"))
        return self.annotate(has_file=Exists(here))

    def with_names(self) -> Self:
        """Person and place beside every row, in the same statement: group, branch, community."""
        return self.select_related("person", "organization__parent__parent")

    def with_organization(self) -> Self:
        """Person and group or branch beside every row: all that the API tells."""
        return self.select_related("person", "organization")

    def with_waiting(self) -> Self:
        """``waiting``: is a change request about the person still to be decided?"""
        rows = type(self)(self.model).filter(person_id=OuterRef("person_id"), changes__state=SUBMITTED)
        return self.annotate(waiting=Exists(rows))

    def with_posts(self, day: date) -> Self:
        """The 党内职务 of each person on the day, in one more statement; read by ``Membership.titles``.

        The day goes along: a row then tells the category of that day too.
        """
        posts = Post.objects.on(day).select_related("organization")
        rows = self.annotate(read_on=Value(day, output_field=DateField()))
        return rows.prefetch_related(Prefetch("person__posts", queryset=posts, to_attr="posts_held"))

    def lines(self, day: date) -> Self:
        """Rows ``with_file`` as lines of the register on the day (``members.rules.register.Line``): no models are made."""
        rows = self.with_waiting().annotate(read_on=Value(day, output_field=DateField()))
        rows._iterable_class = LineIterable
        return rows

    def matching(self, text: str) -> Self:
        """Name, beginning of the pinyin initials, or the last four digits of the phone of who has a file here.

        Names are registered without spaces, whatever stands between the characters of a list or of what is typed.
        """
        words = "".join(text.split())
        found = Q(person__name__written=words)
        if words.isascii() and words.isalpha():
            found |= Q(person__name_initials__begin=words.lower())
        if words.isascii() and words.isdigit() and len(words) == PHONE_TAIL:
            found |= Q(person__phone_tail_index=blind_index(words, purpose="phone_tail"), has_file=True)
        return self.filter(found)

    def numbered(self, id_number_index: str) -> Self:
        """The member with exactly this identity number, by its blind index, where the file is here."""
        return self.filter(person__id_number_index=id_number_index, has_file=True)

    def of_person(self, person_id: int) -> Self:
        """One person, where the file is here."""
        return self.filter(person_id=person_id, has_file=True)

    def filtered(self, *, day: date, **wanted: str) -> Self:
        """The filters of the list, of the API and of the figures, in one place (``condition``).

        Rows come ``with_file``: who left is found by name and category only, or a filter would tell what his line
        hides.
        """
        rows = self.filter(condition(day=day, **wanted))
        return rows.filter(has_file=True) if any(wanted.get(name) for name in FILED) else rows

    def sorted(self, order: str) -> Self:
        """In one of the ``SORTS``; who left stands behind, by name: his place must not tell his birth date."""
        hidden = ("-has_file",) if "birth_date" in order else ()
        return self.order_by(*hidden, *SORTS[order], "pk")

    def absent_from(self, record: Model) -> Self:
        """Members now in the branches an import touches, their groups included, who are not in its file."""
        rows = record.rows.order_by()  # type: ignore[attr-defined]
        codes = rows.exclude(branch_code="").values("branch_code")
        here = Q(organization__code__in=codes) | Q(organization__parent__code__in=codes, organization__kind=Kind.GROUP)
        listed = rows.exclude(person=None).values("person")
        return self.filter(here, valid_to=OPEN_END).exclude(person__in=listed)

    def counted(self) -> dict[int, int]:
        """Number of rows by the organisation they hang on."""
        rows = self.order_by().values_list("organization_id").annotate(count=Count("*"))
        return dict(rows.values_list("organization_id", "count"))


class ImportQuerySet(ScopedQuerySet):
    """Imports: of the node they are for, and one's own while the right to import is held at all."""

    def kept(self) -> Self:
        """Those that still have their file or rows."""
        rows = self.model.rows.rel.related_model.objects.filter(import_record=OuterRef("pk"))  # type: ignore[attr-defined]
        return self.filter(Q(file__isnull=False) | Exists(rows))

    def owing(self) -> Self:
        """Written ones that left rows out which nobody has dealt with."""
        return self.filter(state=ImportState.WRITTEN, problem__gt=0, settled_at=None)

    def readable(self, actor: Actor, right: Right) -> Self:
        """What the actor uploaded himself, and what lies in his scope; 403 to who may not import anywhere."""
        scope = actor.scope(right)
        if not scope:
            raise NotPermitted
        found = self.within(scope)
        return found if actor.user_id is None else found | self.filter(user_id=actor.user_id)

    def load(self, actor: Actor, right: Right, **lookup: object) -> Any:
        """One of them; not found unless it is readable."""
        found = self.readable(actor, right).filter(**lookup).first()
        if found is None:
            raise NotFound
        return found


class ImportRowQuerySet(ScopedQuerySet):
    """Rows are read through their import."""

    scope_path = "import_record__organization_id"

    def shown(self, table: str) -> Self:
        """The rows of a table of the preview: changes (new and changed), organizations, warned, or of one verdict."""
        if table == "organizations":
            return self.filter(sheet=ORGANIZATIONS)
        if table == "warned":
            return self.exclude(warnings=[])
        if table == "problem":
            return self.filter(verdict=Verdict.PROBLEM)
        verdicts = (Verdict.NEW, Verdict.CHANGED) if table == "changes" else (table,)
        return self.filter(sheet=MEMBERS, verdict__in=verdicts)

    def with_verdict(self, verdict: str) -> Self:
        """Rows of one verdict; the empty one is every row."""
        return self.filter(verdict=verdict) if verdict else self


class ChangeRequestQuerySet(ScopedQuerySet):
    """变更申请: part of the file, which follows the membership in force; a member reaches those about himself.

    The branch that asked reads what still waits, and what it asked about who is on no register any more.
    """

    person_path = "membership__person_id"

    def below_roots(self, scope: Scope) -> Q:
        """In the scope of the file, as it lies today."""
        memberships = self.model._meta.get_field("membership").related_model.objects  # type: ignore[union-attr]
        current = memberships.filter(person_id=OuterRef("membership__person_id"), valid_to=OPEN_END)
        asked_here = super().below_roots(scope)
        return Exists(current.within(scope)) | asked_here & (Q(state=SUBMITTED) | ~Exists(current))

    def with_names(self) -> Self:
        """Person and place beside every row, in the same statement."""
        return self.select_related("membership__person", "organization__parent")

    def in_state(self, state: str) -> Self:
        """In one state; the empty one is all."""
        return self.filter(state=state) if state else self

    def of(self, actor: Actor) -> Self:
        """What the actor has asked for himself."""
        return self.filter(requested_by=actor.user_id)


class ExportQuerySet(QuerySet):
    """Exports hang on the account that asked for them; there is no ``within`` here by design."""

    def of(self, user_id: int | None) -> Self:
        """The account's own, newest first."""
        return self.filter(user_id=user_id).select_related("job", "file", "organization").order_by("-pk")

    def get_or_refuse(self, pk: int) -> Any:
        """The export, or the domain's not-found."""
        row = self.filter(pk=pk).first()
        if row is None:
            raise NotFound("没有找到这次导出。每个人只能看自己的导出。")
        return row

    def on(self, day: date) -> Self:
        """Asked for on a day; what failed gave nothing out."""
        return self.filter(created_at__date=day).exclude(job__state=State.FAILED)

    def expired(self, day: date) -> Self:
        """Files past their time."""
        return self.filter(file__isnull=False, expires_on__lt=day)
