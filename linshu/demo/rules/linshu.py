"""What the roster of Linshu lacks, as data: posts, leading branches, bodies, grids, log-ins."""

from dataclasses import dataclass
from datetime import date

from organizations.rules.bodies import BodyKind

ZHENXING = "ZZ-0101"
STREETS = {"ZZ-01": "临街", "ZZ-02": "郑街"}  # how the documents of each street are numbered
TERM_OF_ZHENXING = date(2023, 12, 10)

# 总支 of 振兴: title and holder
GENERAL_POSTS = (
    ("书记", "蒋利强"),
    ("副书记", "金蕾"),
    ("组织委员", "武志中"),
    ("宣传委员", "邱蕾萍"),
    ("纪检委员", "朱明平"),
)
GENERAL_DOCUMENT = "临街发〔2023〕41号"
LEADERS_SINCE = date(2024, 1, 5)
GROUP_LEADERS = {"ZZ-0101-1-1": "赖俊山"}  # elsewhere the first full member without a post

# 牵头支部 since: 北沟 (ZZ-0202) has none yet, 振兴 leads by its 总支.
LEADS_SINCE = date(2022, 3, 1)
WITHOUT_LEAD = frozenset({ZHENXING, "ZZ-0202"})

# seats of residents in a body; 主任 of the 居民委员会 is the Party secretary, the others come from the residents
SEATS: dict[BodyKind, tuple[str, ...]] = {
    BodyKind.RESIDENTS_COMMITTEE: ("副主任", "委员", "委员", "委员"),
    BodyKind.CONSULTATIVE: ("主任", "委员", "委员", "委员", "委员"),
    BodyKind.MANAGEMENT: ("主任", "委员", "委员", "委员", "委员"),
    BodyKind.SUPERVISION: ("主任", "委员", "委员"),
}
REPRESENTATIVES, REPRESENTATIVES_OF_ZHENXING = 13, 52
BODIES_SINCE, BODIES_OF_ZHENXING_SINCE = date(2022, 6, 20), date(2023, 12, 20)

# grids: number, households; which group of 振兴 covers which grid (06 has none yet)
HOUSEHOLDS_OF_ZHENXING = (312, 305, 328, 341, 318, 336, 309, 322)
GROUPS_OF_GRIDS = ("1-1", "1-2", "2-1", "2-2", "3-1", "", "4-1", "4-2")
HOUSEHOLDS = (308, 316)
GRIDS_SINCE = date(2024, 3, 1)
ROADS = ("振兴路", "滨海路", "常林大街", "沭新街", "青云街")


@dataclass(frozen=True)
class LogIn:
    """An account named after its role; ``person``: whom it belongs to where the role acts for somebody."""

    role: str
    full_name: str
    organization_code: str
    linked: bool = False


PASSWORD = "Linshu-2026"  # noqa: S105 - of the demo, printed by ./run; production refuses to seed it
LOG_INS = (
    LogIn("county_admin", "高振华", "ZZ-0000"),
    LogIn("county_viewer", "苏雅宁", "ZZ-0000"),
    LogIn("street_officer", "邓超俊", "ZZ-0100"),
    LogIn("street_approver", "范立新", "ZZ-0100"),
    LogIn("community_secretary", "蒋利强", ZHENXING, linked=True),
    LogIn("community_officer", "程晓燕", ZHENXING),
    LogIn("branch_secretary", "陈华雪", "ZZ-0101-1", linked=True),
    LogIn("group_leader", "赖俊山", "ZZ-0101-1-1", linked=True),
    LogIn("supervisor", "", ZHENXING, linked=True),  # whoever chairs the 居务监督委员会
    LogIn("service_clerk", "庄梦洁", ZHENXING),
    LogIn("member", "杨凤", "ZZ-0101-1", linked=True),
    LogIn("system_admin", "陆云帆", "ZZ-0000"),
    LogIn("security_admin", "田静怡", "ZZ-0000"),
    LogIn("security_auditor", "葛明哲", "ZZ-0000"),
)
