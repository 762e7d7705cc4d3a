"""组织生活: meetings, lectures, reviews (rule book 3)."""

from linshu.parameters.rules.definitions import fraction, in_area, whole

_BRANCH = "《中国共产党支部工作条例（试行）》"
_TEACH = "《中国共产党党员教育管理工作条例》"
_OWN = "本项目设计默认值，请组织部门确认"

DEFINITIONS = in_area(
    "组织生活",
    whole("GENERAL_MEETING_MONTHS", "支部党员大会间隔（一般每季一次）", "个月", 3, _BRANCH, maximum=12),
    whole("COMMITTEE_MEETING_MONTHS", "支委会间隔（一般每月一次）", "个月", 1, _BRANCH, maximum=12),
    whole("GROUP_MEETING_MONTHS", "党小组会间隔（一般每月一次）", "个月", 1, _BRANCH, maximum=12),
    whole("LECTURE_MONTHS", "支部党课间隔", "个月", 3, f"{_OWN}（各地有季、半年两种做法）", maximum=12),
    whole("SECRETARY_LECTURES_PER_YEAR", "书记每年讲党课（≥）", "次", 1, _TEACH, maximum=12),
    whole("PARTY_DAY_MONTHS", "主题党日间隔（每月相对固定一天）", "个月", 1, _BRANCH, maximum=12),
    whole("LIFE_MEETINGS_PER_YEAR", "组织生活会每年（≥）", "次", 1, _BRANCH, maximum=12),
    whole("MEMBER_REVIEWS_PER_YEAR", "民主评议党员每年（一般）", "次", 1, _BRANCH, maximum=4),
    fraction("MEMBER_REVIEW_EXCELLENT_MAX", "民主评议优秀占党员总数（≤，小数舍去）", "1/3", _TEACH),
    whole("TALKS_PER_YEAR", "谈心谈话每年（≥）", "次", 1, _BRANCH, maximum=12),
    fraction("MEETING_QUORUM", "党员大会到会占应到（≥）", "1/2", _BRANCH),
    fraction("MEETING_PASS", "党员大会赞成占应到（>）", "1/2", _BRANCH),
    fraction("COMMITTEE_QUORUM", "支委会到会占委员数（≥）", "1/2", _BRANCH),
    whole("MEETING_LATE_ENTRY_MONTHS", "当期未达标的会可补记的期限（标“补”）", "个月", 1, _OWN, maximum=12),
)  # fmt: skip
