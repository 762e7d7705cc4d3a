"""居民会议: thresholds of the residents' committee law in force from 2026 (rule book 4.4, 4.5)."""

from linshu.parameters.rules.definitions import fraction, in_area, whole

_LAW = "《城市居民委员会组织法》（2026年1月1日起施行）"
_OWN = "本项目设计默认值，请组织部门确认"

DEFINITIONS = in_area(
    "居民会议",
    whole("RESIDENT_ADULT_AGE", "参加居民会议的年龄（≥）", "周岁", 18, f"{_LAW}第二十六条", maximum=30),
    fraction("RESIDENTS_CALL_ADULTS", "提议召集居民会议的成年居民（≥）", "1/10", f"{_LAW}第二十六条"),
    fraction("RESIDENTS_CALL_HOUSEHOLDS", "提议召集居民会议的户的代表（≥）", "1/10", f"{_LAW}第二十六条"),
    fraction("RESIDENTS_CALL_REPRESENTATIVES", "提议召集居民会议的居民代表（≥）", "1/3", f"{_LAW}第二十六条"),
    whole("RESIDENTS_NOTICE_DAYS", "居民会议提前通知（≥，特殊情况可临时）", "日", 10, f"{_LAW}第二十六条", minimum=0, maximum=60),
    fraction("RESIDENTS_QUORUM", "居民会议到会占应到（>）", "1/2", f"{_LAW}第二十七条"),
    fraction("RESIDENTS_PASS", "居民会议同意占到会（>）", "1/2", f"{_LAW}第二十七条"),
    fraction("REPRESENTATIVES_SHARE", "居民代表占代表会议组成人员（≥）", "4/5", f"{_LAW}第二十八条"),
    whole("REPRESENTATIVES_MEETING_MONTHS", "居民代表会议间隔（≤）", "个月", 6, f"{_LAW}第二十八条", maximum=24),
    fraction("REPRESENTATIVES_CALL", "提议召集代表会议的居民代表（≥）", "1/5", f"{_LAW}第二十八条"),
    whole("REPRESENTATIVES_NOTICE_DAYS", "代表会议提前通知", "日", 3, f"法律未规定；{_OWN}", minimum=0, maximum=60),
    fraction("REPRESENTATIVES_QUORUM", "代表会议到会占组成人员（≥）", "2/3", f"{_LAW}第二十九条"),
    fraction("REPRESENTATIVES_PASS", "代表会议同意占到会（>）", "1/2", f"{_LAW}第二十九条"),
    fraction("ELECTION_VOTERS_TURNOUT", "居委会选举参加的选民或户代表（>）", "1/2", f"{_LAW}第十七至二十条"),
    fraction("ELECTION_REPRESENTATIVES_TURNOUT", "居委会选举参加的居民代表（>）", "2/3", f"{_LAW}第十七至二十条"),
    whole("VOTER_LIST_DAYS", "选民名单在选举日前公布（≥）", "日", 20, f"{_LAW}第十七条", maximum=60),
    whole("VOTER_OBJECTION_DAYS", "选民名单异议提出（≤）", "日", 5, f"{_LAW}第十七条", maximum=30),
    whole("VOTER_OBJECTION_REPLY_DAYS", "选民名单异议处理（≤）", "日", 3, f"{_LAW}第十七条", maximum=30),
    whole("PROXY_MAX", "受委托投票（≤）", "人", 3, f"{_LAW}第十七至二十条", minimum=0, maximum=10),
    fraction("RECALL_RESIDENTS", "提出罢免的居民或户代表（≥）", "1/10", f"{_LAW}第十七至二十条"),
    fraction("RECALL_REPRESENTATIVES", "提出罢免的居民代表（≥）", "1/3", f"{_LAW}第十七至二十条"),
    whole("HANDOVER_DAYS", "工作移交（≤）", "日", 10, f"{_LAW}第二十五条", maximum=60),
    whole("COMMITTEE_REVIEWS_PER_YEAR", "居委会成员民主评议每年（≥）", "次", 1, f"{_LAW}第三十七条", maximum=12),
    whole("COMMITTEE_UNFIT_TIMES", "连续不称职即职务终止", "次", 2, f"{_LAW}第三十七条", maximum=5),
)  # fmt: skip
