"""决策: 三会一核心 and 三审一公决 (rule book 4.1, 4.2, 4.5, 11.1)."""

from linshu.parameters.rules.definitions import choice, fraction, in_area, whole

_BRANCH = "《中国共产党支部工作条例（试行）》"
_FOUR = "“四议两公开”工作法"
_OWN = "本项目设计默认值，请组织部门确认"

DEFINITIONS = in_area(
    "决策",
    fraction("PROPOSAL_QUORUM", "提议会到会占委员数（≥）", "1/2", f"沿用支委会规则；{_OWN}"),
    fraction("PROPOSAL_PASS", "提议会同意占到会（>）", "1/2", f"沿用支委会规则；{_OWN}"),
    fraction("COUNCIL_QUORUM", "协商、管理委员会到会占应到（>）", "1/2", _OWN),
    fraction("COUNCIL_PASS", "协商、管理委员会同意占到会（>）", "1/2", _OWN),
    fraction("SUPERVISION_QUORUM", "监督委员会到会占应到（>）", "1/2", _OWN),
    fraction("SUPERVISION_PASS", "监督委员会同意占到会（>）", "1/2", _OWN),
    whole("RECTIFICATION_WD", "“要求整改”未销号多久由街道裁定", "个工作日", 5, _OWN, maximum=60),
    fraction("FIRST_REVIEW_QUORUM", "一审、二审到会占应到（≥）", "1/2", _OWN),
    fraction("FIRST_REVIEW_PASS", "一审、二审同意占到会（>）", "1/2", _OWN),
    whole("AGENDA_DAYS", "“两委”会议列入议程提前（≥）", "日", 3, f"不搞临时会议；{_OWN}", minimum=0, maximum=30),
    whole("MEMBERS_PLAN_DAYS", "三审方案会前送达（≥）", "日", 3, _FOUR, minimum=0, maximum=30),
    fraction("MEMBERS_QUORUM", "三审党员大会到会占应到（≥）", "1/2", _BRANCH),
    fraction("MEMBERS_QUORUM_STRICT", "三审严口径到会占应到（≥）", "2/3", _FOUR),
    choice(
        "MEMBERS_QUORUM_RULE", "三审到会采用的口径", "NORMAL", f"支部工作条例与“四议两公开”两种口径；{_OWN}",
        ("NORMAL", "支部党员大会口径"), ("STRICT", "“四议两公开”严口径"),
    ),
    fraction("MEMBERS_PASS", "三审赞成占应到（>）", "1/2", _BRANCH),
    whole("DISSENT_VISIT_WD", "有反对时再次走访的期限", "个工作日", 10, _OWN, maximum=60),
    whole("DEFERRED_REVIEW_DAYS", "暂缓事项复查间隔", "日", 90, _OWN, maximum=730),
    whole("STAGE_WARN_DAYS", "阶段停留提示（≥）", "日", 7, _OWN, maximum=365),
    whole("STAGE_LATE_DAYS", "阶段停留转街道（≥）", "日", 15, _OWN, maximum=365),
    whole("SMALL_VOTE_MAX", "公开文本不出票数的应到人数（<）", "人", 10, f"防止推知个人表决；{_OWN}", minimum=0, maximum=100),
)  # fmt: skip
