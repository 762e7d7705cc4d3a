"""Rule checks of posts, terms and leading organisations (rule book 1.1, 1.2)."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from linshu.figures.registry import Check, Finding, Level, Look, register_check
from linshu.scope import Right
from organizations.models import LeadAppointment, Post
from organizations.providers import readings
from organizations.providers.addresses import page
from organizations.providers.readings import Holding, Node, Tenure
from organizations.registry import Standing, standing_of
from organizations.rules import posts, terms
from organizations.rules.kinds import BRANCHES, COMMUNITIES, Kind

EDIT = Right.ORGANIZATIONS_EDIT
LEAD_BASIS = "每个社区有且只有一个牵头党组织；没有总支的由街道发文指定一个支部"
LEAD_LIMIT = "有且只有 1 个"
VACANCY_BASIS = "《支部工作条例》：班子出缺及时补选"
SECRETARY_BASIS = "《支部工作条例》：书记须为正式党员，一般党龄 1 年以上"
COMMITTEE_BASIS = "《支部工作条例》：支部委员会一般 3 至 5 人"
TITLES_BASIS = "《支部工作条例》：支部委员会设书记和组织、宣传、纪检委员"
TERM_BASIS = "《基层组织选举工作条例》：社区党组织任期 5 年"
TERM_LIMIT = "届满前换届"
TERM_LEVELS = {
    terms.TermState.ENDED: Level.LATE,
    terms.TermState.ENDING: Level.SOON,
    terms.TermState.RUNNING: Level.OK,
}
TERM_TASKS = {terms.TermState.ENDED: "办理换届", terms.TermState.ENDING: "筹备换届"}
WARN_CODES = ("TERM_WARN_DAYS_1", "TERM_WARN_DAYS_2", "TERM_WARN_DAYS_3")


def posts_url(organization_id: int) -> str:
    """Page where posts, terms and the leading organisation are registered."""
    return page("organizations:posts", organization_id)


def led(look: Look, kinds: frozenset[Kind]) -> list[Node]:
    """Nodes of the kinds; organs of county and street only once a post or a term of theirs was registered."""
    known = look.once(readings.posts).keys() | look.once(readings.terms).keys()
    return [node for node in readings.of_kinds(look, kinds) if node.kind not in terms.COMMITTEES or node.pk in known]


def lead(look: Look) -> Iterator[Finding]:
    """A 社区 has a leading branch, and it still stands in the 社区; a 总支 leads by itself."""
    leads = look.once(readings.leads)
    for node in readings.of_kinds(look, COMMUNITIES):
        row = leads.get(node.pk)
        leads_itself = node.kind == Kind.GENERAL_BRANCH
        if leads_itself or (row is not None and _stands(look, row)):
            if look.met:
                said = "社区是总支，总支即牵头党组织。" if leads_itself else f"牵头党组织：{leads[node.pk].branch}。"
                yield Finding(node.pk, Level.OK, said, LEAD_BASIS, figure=1, limit=LEAD_LIMIT)
        else:
            said, task = "没有牵头党组织，不能提议。", "指定牵头党组织"
            if row is not None:
                said, task = f"牵头党组织{row.branch}已不在本社区，请另行指定。", "另行指定牵头党组织"
            url = reverse("organizations:lead", args=[node.pk])
            yield Finding(
                node.pk, Level.LATE, said, LEAD_BASIS, "去指定", url, task=task, figure=0, limit=LEAD_LIMIT, right=EDIT
            )


def _stands(look: Look, row: LeadAppointment) -> bool:
    """Does the leading branch still stand in its community?"""
    branch = look.once(readings.nodes).get(row.branch_id)
    return branch is not None and branch.parent_id == row.organization_id


def secretaries(look: Look) -> dict[int, Holding]:
    """The 书记 in office, by organisation."""
    rows = ((node, each) for node, some in look.once(readings.in_office).items() for each in some)
    return {node: each for node, each in rows if each.title == posts.SECRETARY}


def secretary(look: Look) -> Iterator[Finding]:
    """Every organisation that has a 书记 has one in office, who is a full member, usually for a year or more."""
    in_office, values = look.once(secretaries), look.once(readings.values)
    most, years = int(values["SECRETARY_VACANT_DAYS"]), int(values["SECRETARY_MIN_YEARS"])
    rows = Post.objects.within(look.scope).on(look.day).filter(title=posts.SECRETARY)
    standing = standing_of(rows.order_by().values("person"), look.day)
    for node in led(look, posts.SECRETARY_KINDS):
        post = in_office.get(node.pk)
        if post is None:
            yield _vacancy(look, node, most)
            continue
        found = _holder(node, post, standing.get(post.person_id), look.day, years)
        if look.met or found.level != Level.OK:
            yield found


def _vacancy(look: Look, node: Node, most: int) -> Finding:
    """No 书记 on the day. Where none was ever registered nobody knows for how long, so no days are told."""
    held = [each.valid_to for each in look.once(readings.posts).get(node.pk, []) if each.title == posts.SECRETARY]
    days = (look.day - max(held, default=node.established_on)).days
    level = Level.LATE if days > most else Level.SOON
    said, task, figure = "没有登记书记。", "登记书记", None
    if held:
        said, task, figure = f"书记出缺 {days} 日，应及时补选。", "补选书记", days
    url, limit = posts_url(node.pk), f"出缺不超过 {most} 日"
    return Finding(node.pk, level, said, VACANCY_BASIS, "去任命", url, task=task, figure=figure, limit=limit)


def _holder(node: Node, post: Holding, member: Standing | None, day: date, years: int) -> Finding:
    """The 书记 in office: who is in no register here belongs to one elsewhere, or to none."""
    limit = f"正式党员，党龄一般不少于 {years} 年"
    elsewhere = member is None and node.kind in posts.ROLL_ELSEWHERE
    full_on = member.full_on if member else None
    level, said = Level.OK, f"书记：{post.name}。"
    if full_on is not None and (problem := posts.seniority_problem(post.name, full_on, day, years)):
        level, said = Level.SOON, problem
    elif full_on is None and not elsewhere:
        level, said = Level.LATE, posts.standing_problem(post.name, member=member is not None)
    if level == Level.OK:
        return Finding(node.pk, level, said, SECRETARY_BASIS, limit=limit)
    task = "复核书记任职条件"
    return Finding(node.pk, level, said, SECRETARY_BASIS, "看职务", posts_url(node.pk), task=task, limit=limit)


def committee(look: Look) -> Iterator[Finding]:
    """A 支委会, where there is one, has the usual size."""
    seated, values = look.once(readings.committees), look.once(readings.values)
    least, usual, most = (int(values[f"COMMITTEE_SIZE_{name}"]) for name in ("MIN", "USUAL_MAX", "MAX"))
    limit = f"一般 {least} 至 {usual} 人，最多 {most} 人"
    for node in readings.of_kinds(look, BRANCHES):
        size = len(seated.get(node.pk, ()))
        problem = posts.committee_problem(size, least, usual, most)
        if problem:
            level, url, task = Level.LATE if size > most else Level.SOON, posts_url(node.pk), "调整支委会人数"
            yield Finding(node.pk, level, problem, COMMITTEE_BASIS, "看职务", url, task=task, figure=size, limit=limit)
        elif size and look.met:
            said = f"支部委员会 {size} 人。"
            yield Finding(node.pk, Level.OK, said, COMMITTEE_BASIS, figure=size, limit=limit)


def committee_vacancies(look: Look) -> dict[int, list[str]]:
    """Posts of each 支委会 that nobody holds, by branch; one that is too small is told of by its size alone."""
    seated, held = look.once(readings.committees), look.once(readings.in_office)
    least = int(look.once(readings.values)["COMMITTEE_SIZE_MIN"])
    return {
        node.pk: posts.vacant_titles(each.title for each in held[node.pk])
        for node in readings.of_kinds(look, BRANCHES)
        if len(seated.get(node.pk, ())) >= least
    }


def vacancies(look: Look) -> dict[int, list[str]]:
    """Posts that ought to be held and are not, by organisation: what the checks 书记 and 委员职务 tell of."""
    in_office, found = look.once(secretaries), look.once(committee_vacancies)
    vacant = {node.pk: [posts.SECRETARY] for node in led(look, posts.SECRETARY_KINDS) if node.pk not in in_office}
    return {pk: some for pk in look.once(readings.nodes) if (some := [*vacant.get(pk, ()), *found.get(pk, ())])}


def titles(look: Look) -> Iterator[Finding]:
    """The three posts of a 支委会 are filled."""
    limit = f"{len(posts.COMMITTEE_POSTS)} 项委员职务有人担任"
    for node_id, vacant in look.once(committee_vacancies).items():
        filled = len(posts.COMMITTEE_POSTS) - len(vacant)
        if vacant:
            said, task = f"支部委员会没有{'、'.join(vacant)}，应及时补选。", f"补选{'、'.join(vacant)}"
            yield Finding(
                node_id, Level.SOON, said, TITLES_BASIS, "去任命", posts_url(node_id), task=task, figure=filled,
                limit=limit,
            )  # fmt: skip
        elif look.met:
            yield Finding(node_id, Level.OK, "委员职务都有人担任。", TITLES_BASIS, figure=filled, limit=limit)


def term(look: Look) -> Iterator[Finding]:
    """The term in office is not over; an organisation that elects has one registered."""
    begun, warn = look.once(readings.terms), warning_days(look)
    for node in led(look, terms.ELECTING):
        row = begun.get(node.pk)
        url = posts_url(node.pk)
        if row is None or row.valid_to <= look.day:
            said, task = "没有登记本届起止日期。", "登记本届起止日期"
            yield Finding(node.pk, Level.SOON, said, TERM_BASIS, "去登记", url, task=task, limit="登记本届起止日期")
        elif row.extended_to and row.due_on < look.day <= row.extended_to:
            yield _extended(node.pk, row, url, look.day)
        elif look.met or terms.state_on(look.day, row.ends_on, warn) != terms.TermState.RUNNING:
            yield term_finding(node.pk, row.ends_on, look.day, warn, TERM_BASIS, url)


def _extended(organization_id: int, row: Tenure, url: str, day: date) -> Finding:
    """Beyond its end by an approved delay: amber until the delay is over (rule book 10, row 1)."""
    ends_on = row.ends_on
    said = f"本届 {row.due_on} 届满，经批准延期，应在延期内换届。"
    figure, limit = (ends_on - day).days, TERM_LIMIT
    return Finding(
        organization_id, Level.SOON, said, TERM_BASIS, "办换届", url, ends_on, "办理换届", figure=figure, limit=limit
    )


def warning_days(look: Look) -> list[int]:
    """Days before the end of a term on which it is told."""
    return [int(look.once(readings.values)[code]) for code in WARN_CODES]


def term_finding(
    organization_id: int, ends_on: date, day: date, warn: Sequence[int], basis: str, url: str, body: str = ""
) -> Finding:
    """How a term stands, by the days left; ``body`` is named where it is not the organisation's own."""
    state = terms.state_on(day, ends_on, warn)
    sentence, task = body + terms.sentence_on(day, ends_on, warn), TERM_TASKS.get(state, "")
    action, url = ("办换届", url) if task else ("", "")
    days, limit = (ends_on - day).days, TERM_LIMIT
    return Finding(
        organization_id, TERM_LEVELS[state], sentence, basis, action, url, ends_on, task and body + task,
        figure=days, limit=limit,
    )  # fmt: skip


def register_checks() -> None:
    """Add these checks."""
    for code, name, find in (
        ("lead", "牵头党组织", lead),
        ("secretary", "书记", secretary),
        ("committee", "支委会人数", committee),
        ("titles", "委员职务", titles),
        ("term", "届期", term),
    ):
        register_check(Check(code, name, Right.ORGANIZATIONS_READ, find))
