"""What rows are wrong in beside one another, found by the database over the staged rows: memory stays flat."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Count

from linshu.loading import batches
from linshu.parameters.services import values_on
from members.models import Import, ImportRow
from members.rules.importing import Verdict
from members.rules.roster.judging import Remark
from organizations.models import OPEN_END, Post
from organizations.rules.kinds import Kind
from organizations.rules.posts import TITLES

BATCH = 500
UNREAD = ("payload", "differences", "warnings")  # several times what is asked of a row
MOST_NAMED = 5  # rows named in a sentence
WRITES = (Verdict.NEW.value, Verdict.CHANGED.value)


def as_json(remark: Remark, value: str = "", column: str = "") -> dict[str, str]:
    """A remark as a row keeps it; ``value`` masked, ``column`` as the office wrote it."""
    return {
        "column": column or remark.column,
        "value": value,
        "rule": remark.rule,
        "message": remark.message,
        "remedy": remark.remedy,
    }


def refuse(rows: Iterable[ImportRow], remarks: Mapping[int, Remark]) -> int:
    """Make problems of rows, by id; returns how many."""
    touched = []
    for row in rows:
        row.problems = [*row.problems, as_json(remarks[row.pk])]
        row.verdict, row.payload, row.title_list = Verdict.PROBLEM, "", ""
        touched.append(row)
    return ImportRow.objects.bulk_update(touched, ["problems", "verdict", "payload", "title_list"]) if touched else 0


def refuse_repeated(record: Import) -> None:
    """The same identity number in several rows: nobody can tell which one is right, so none is taken."""
    rows = record.rows.exclude(id_index="").order_by()
    repeated = (
        rows.values("id_index").annotate(count=Count("pk")).filter(count__gt=1).values_list("id_index", flat=True)
    )
    for indexes in batches(list(repeated), BATCH):
        found = list(record.rows.filter(id_index__in=indexes).order_by("pk"))
        numbers: dict[str, list[int]] = defaultdict(list)
        for row in found:
            numbers[row.id_index].append(row.number)
        remarks = {row.pk: _repeated([each for each in numbers[row.id_index] if each != row.number]) for row in found}
        refuse(found, remarks)


def _repeated(others: Sequence[int]) -> Remark:
    rows = rows_named(others)
    return Remark("公民身份号码", "一人一条", f"与{rows}的证号重复，一个人只能登记一次。", "请只留正确的一行。")


def rows_named(numbers: Sequence[int]) -> str:
    """Rows in a sentence, the first of many."""
    named = "、".join(str(each) for each in numbers[:MOST_NAMED])
    return f"第 {named} 行等 {len(numbers)} 行" if len(numbers) > MOST_NAMED else f"第 {named} 行"


def refuse_crowded(record: Import, today: date) -> int:
    """Titles given to more than may hold them, those of the register counted in; returns how many rows are refused.

    Under the tree lock the answer stays true until the posts are written.
    """
    most = _most(today)
    claiming = record.rows.filter(verdict__in=WRITES).exclude(title_list="")
    codes = claiming.order_by("branch_code").values_list("branch_code", flat=True).distinct()
    refused = 0
    for branches in batches(list(codes), BATCH):
        rows = list(claiming.filter(branch_code__in=branches).order_by("pk").defer(*UNREAD))
        claims: dict[tuple[str, str], list[ImportRow]] = defaultdict(list)
        for row in rows:
            for title in row.title_list.split("、"):
                if title in most:
                    claims[row.branch_code, title].append(row)
        remarks = _crowded(claims, _holders(branches), most)
        refused += refuse([row for row in rows if row.pk in remarks], remarks)
    return refused


def _most(today: date) -> dict[str, int]:
    """How many may hold a title of a branch at a time, where that is limited."""
    values = values_on(today)
    specs = TITLES[Kind.BRANCH]
    found = {spec.title: int(values[spec.most_code]) if spec.most_code else spec.most for spec in specs}
    return {title: most for title, most in found.items() if most}


def _holders(branches: Sequence[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Who holds a title now, by the code of the branch and the title: names by the index of the identity number."""
    held: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    rows = Post.objects.filter(organization__code__in=branches, valid_to=OPEN_END).order_by("pk")
    for code, title, index, name in rows.values_list(
        "organization__code", "title", "person__id_number_index", "person__name"
    ):
        held[code, title][index or name] = name
    return held


def _crowded(
    claims: Mapping[tuple[str, str], list[ImportRow]],
    holders: Mapping[tuple[str, str], Mapping[str, str]],
    most: Mapping[str, int],
) -> dict[int, Remark]:
    """Why rows may not give the title. Who got it meanwhile by another import is no rival of himself."""
    remarks = {}
    for (code, title), rows in claims.items():
        own = {row.id_index for row in rows}
        held = [name for index, name in holders.get((code, title), {}).items() if index not in own]
        if len(held) + len(rows) <= most[title]:
            continue
        for row in rows:
            others = [each.number for each in rows if each.pk != row.pk]
            remarks[row.pk] = _taken(title, held) if held else _shared(title, others, most[title])
    return remarks


def _taken(title: str, held: Sequence[str]) -> Remark:
    message = f"这个支部的{title}现由{'、'.join(held)}担任。"
    return Remark("党内职务", f"§1.2 {title}人数", message, "换人的，请先在组织线免去原任。")


def _shared(title: str, others: Sequence[int], most: int) -> Remark:
    message = f"{rows_named(others)}也写了这个支部的{title}，一个支部只有 {most} 名{title}。"
    return Remark("党内职务", f"§1.2 {title}人数", message, "请只留现任。")
