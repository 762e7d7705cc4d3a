"""Rule checks of posts, terms and leading organisations (rule book 1.1, 1.2)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from linshu.figures.registry import Check, Finding, Level, Look, register_check
from linshu.parameters.services import values_on
from linshu.scope import Right
from organizations.models import LeadAppointment, Organization, Post, Term
from organizations.registry import standing_of
from organizations.rules import posts, terms
from organizations.rules.kinds import BRANCHES, Kind

LEAD_BASIS = "每个社区有且只有一个牵头党组织；没有总支的由街道发文指定一个支部"
POST_BASIS = "《支部工作条例》：班子出缺及时补选，书记一般党龄 1 年以上"
COMMITTEE_BASIS = "《支部工作条例》：支部委员会一般 3 至 5 人"
TERM_BASIS = "《基层组织选举工作条例》：社区党组织任期 5 年"
TERM_LEVELS = {
    terms.TermState.ENDED: Level.LATE,
    terms.TermState.ENDING: Level.SOON,
    terms.TermState.RUNNING: Level.OK,
}
TERM_TASKS = {terms.TermState.ENDED: "办理换届", terms.TermState.ENDING: "筹备换届"}
WARN_CODES = ("TERM_WARN_DAYS_1", "TERM_WARN_DAYS_2", "TERM_WARN_DAYS_3")


def posts_url(organization_id: int) -> str:
    """Page where posts, terms and the leading organisation are registered."""
    return reverse("organizations:posts", args=[organization_id])


def _led(look: Look, kinds: Collection[Kind]) -> list[Organization]:
    """Open nodes of the kinds; organs of county and street only once a post or a term of theirs was registered."""
    nodes = Organization.objects.within(look.scope).open().filter(kind__in=kinds)
    posted = Exists(Post.objects.filter(organization=OuterRef("pk")))
    elected = Exists(Term.objects.filter(organization=OuterRef("pk")))
    return list(nodes.filter(~Q(kind__in=terms.COMMITTEES) | posted | elected))


def lead(look: Look) -> Iterator[Finding]:
    """A 社区 has a leading branch, and it still stands in the 社区; a 总支 leads by itself."""
    communities = Organization.objects.within(look.scope).open().filter(kind__in=(Kind.COMMUNITY, Kind.GENERAL_BRANCH))
    rows = LeadAppointment.objects.within(look.scope).on(look.day).select_related("branch")
    leads = {row.organization_id: row.branch for row in rows}
    for node in communities:
        branch = leads.get(node.pk)
        url = reverse("organizations:lead", args=[node.pk])
        if node.kind == Kind.GENERAL_BRANCH:
            yield Finding(node.pk, Level.OK, "社区是总支，总支即牵头党组织。", LEAD_BASIS)
        elif branch is None:
            sentence = "没有牵头党组织，不能提议。"
            yield Finding(node.pk, Level.LATE, sentence, LEAD_BASIS, "去指定", url, task="指定牵头党组织")
        elif not branch.is_open or branch.parent_id != node.pk:
            sentence = f"牵头党组织{branch}已不在本社区，请另行指定。"
            yield Finding(node.pk, Level.LATE, sentence, LEAD_BASIS, "去指定", url, task="另行指定牵头党组织")
        else:
            yield Finding(node.pk, Level.OK, f"牵头党组织：{branch}。", LEAD_BASIS)


def secretary(look: Look) -> Iterator[Finding]:
    """Every organisation that has a 书记 has one in office, usually a full member for a year or more."""
    nodes = _led(look, posts.SECRETARY_KINDS)
    rows = (
        Post.objects.within(look.scope).filter(title=posts.SECRETARY, valid_from__lte=look.day).select_related("person")
    )
    in_office = {row.organization_id: row for row in rows if row.valid_to > look.day}
    ended: dict[int, date] = {}
    for row in rows:
        ended[row.organization_id] = max(row.valid_to, ended.get(row.organization_id, row.valid_to))
    standing = standing_of([row.person_id for row in in_office.values()], look.day)
    values = values_on(look.day)
    for node in nodes:
        post = in_office.get(node.pk)
        if post is None:
            yield _vacancy(node, ended.get(node.pk), look.day, int(values["SECRETARY_VACANT_DAYS"]))
            continue
        member = standing.get(post.person_id)
        problem = ""
        if member is not None and member.full_on is not None:
            years = int(values["SECRETARY_MIN_YEARS"])
            problem = posts.seniority_problem(post.person.name, member.full_on, look.day, years)
        if problem:
            task = "复核书记任职条件"
            yield Finding(node.pk, Level.SOON, problem, POST_BASIS, "看职务", posts_url(node.pk), task=task)
        else:
            yield Finding(node.pk, Level.OK, f"书记：{post.person}。", POST_BASIS)


def _vacancy(node: Organization, ended: date | None, day: date, most: int) -> Finding:
    """No 书记 on the day. Where none was ever registered nobody knows for how long, so no days are told."""
    level = Level.LATE if (day - (ended or node.established_on)).days > most else Level.SOON
    sentence = f"书记出缺 {(day - ended).days} 日，应及时补选。" if ended else "没有登记书记。"
    task = "补选书记" if ended else "登记书记"
    return Finding(node.pk, level, sentence, POST_BASIS, "去任命", posts_url(node.pk), task=task)


def committee(look: Look) -> Iterator[Finding]:
    """A 支委会, where there is one, has the usual size; it exists where somebody is a 委员."""
    nodes = Organization.objects.within(look.scope).open().filter(kind__in=BRANCHES)
    rows = Post.objects.within(look.scope).on(look.day).values_list("organization_id", "person_id", "title")
    people: dict[int, set[int]] = defaultdict(set)
    members: Counter[int] = Counter()
    for organization_id, person_id, title in rows:
        people[organization_id].add(person_id)
        members[organization_id] += title.endswith("委员")
    values = values_on(look.day)
    least, usual, most = (int(values[f"COMMITTEE_SIZE_{name}"]) for name in ("MIN", "USUAL_MAX", "MAX"))
    for node in nodes:
        size = len(people[node.pk]) if members[node.pk] else 0
        problem = posts.committee_problem(size, least, usual, most)
        if problem:
            task = "调整支委会人数"
            yield Finding(node.pk, Level.SOON, problem, COMMITTEE_BASIS, "看职务", posts_url(node.pk), task=task)
        elif size:
            yield Finding(node.pk, Level.OK, f"支部委员会 {size} 人。", COMMITTEE_BASIS)


def term(look: Look) -> Iterator[Finding]:
    """The term in office is not over; an organisation that elects has one registered."""
    nodes = _led(look, terms.ELECTING)
    running = {row.organization_id: row for row in Term.objects.within(look.scope).on(look.day)}
    values = values_on(look.day)
    warn = [int(values[code]) for code in WARN_CODES]
    for node in nodes:
        row = running.get(node.pk)
        if row is None:
            sentence, task = "没有登记本届起止日期。", "登记本届起止日期"
            yield Finding(node.pk, Level.SOON, sentence, TERM_BASIS, "去登记", posts_url(node.pk), task=task)
            continue
        yield term_finding(node.pk, row.extended_to or row.due_on, look.day, warn, TERM_BASIS, posts_url(node.pk))


def term_finding(
    organization_id: int, ends_on: date, day: date, warn: Sequence[int], basis: str, url: str, body: str = ""
) -> Finding:
    """How a term stands; ``body`` is named where it is not the organisation's own."""
    state = terms.state_on(day, ends_on, warn)
    sentence, task = body + terms.sentence_on(day, ends_on, warn), TERM_TASKS.get(state, "")
    action, url = ("办换届", url) if task else ("", "")
    return Finding(organization_id, TERM_LEVELS[state], sentence, basis, action, url, ends_on, task and body + task)


def register_checks() -> None:
    """Add these checks."""
    for code, name, find in (
        ("lead", "牵头党组织", lead),
        ("secretary", "书记", secretary),
        ("committee", "支委会人数", committee),
        ("term", "届期", term),
    ):
        register_check(Check(code, name, Right.ORGANIZATIONS_READ, find))
