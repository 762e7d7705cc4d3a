"""组织: thresholds, committees, terms, elections, bodies and grids (rule book 1.1, 1.2, 7)."""

from linshu.parameters.rules.definitions import choice, days, fraction, in_area, whole

_BRANCH = "《中国共产党支部工作条例（试行）》"
_ELECTION = "《中国共产党基层组织选举工作条例》"
_RESIDENTS = "《城市居民委员会组织法》（2026年1月1日起施行）"
_SEED = "《城镇化发展过程中的县级城区基层党建研究》（2013）"
_OWN = "本项目设计默认值，请组织部门确认"

DEFINITIONS = in_area(
    "组织",
    whole("BRANCH_MIN_FULL", "应当成立党支部的正式党员数（≥）", "人", 3, f"{_BRANCH}第四条", maximum=20),
    whole("BRANCH_MAX_MEMBERS", "党支部党员数一般不超过（≤）", "人", 50, f"{_BRANCH}第四条", maximum=500),
    whole("JOINT_BRANCH_MAX_UNITS", "联合党支部覆盖单位一般不超过（≤）", "个", 5, _BRANCH, maximum=50),
    whole("PROJECT_BRANCH_MIN_MONTHS", "应成立项目党支部的工期（≥）", "个月", 6, _BRANCH, maximum=60),
    whole("GENERAL_BRANCH_MIN", "升格为社区党总支的党员数（>）", "人", 50, f"{_SEED}：党员超过50人的社区支部升格为社区党总支", maximum=500),
    whole("GENERAL_BRANCH_WARN", "升格预警的党员数（≥）", "人", 45, _OWN, maximum=500),
    whole("GENERAL_BRANCH_REVIEW_MONTHS", "回落后持续多久提出“是否调整”（≥）", "个月", 6, _OWN, maximum=60),
    whole("PARTY_COMMITTEE_MIN", "设党委的党员数（>）", "人", 100, "《中国共产党农村基层组织工作条例》；党章第三十条", maximum=5000),
    whole("BRANCH_APPROVAL_MONTHS", "新支部批复期限（≤）", "个月", 1, f"{_BRANCH}第六条", maximum=12),
    whole("UPGRADE_ELECTION_MONTHS", "升格后选举期限（≤）", "个月", 1, _OWN, maximum=12),
    whole("GROUP_MIN_MEMBERS", "党小组人数一般不少于（≥）", "人", 3, f"{_BRANCH}第十三条", maximum=20),
    whole("COMMITTEE_MIN_FULL", "应当设支部委员会的正式党员数（≥）", "人", 7, _BRANCH, maximum=50),
    whole("COMMITTEE_SIZE_MIN", "支部委员会人数下限（≥）", "人", 3, _BRANCH, maximum=20),
    whole("COMMITTEE_SIZE_USUAL_MAX", "支部委员会一般人数上限（≤）", "人", 5, _BRANCH, maximum=20),
    whole("COMMITTEE_SIZE_MAX", "支部委员会人数上限（≤）", "人", 7, _BRANCH, maximum=20),
    whole("DEPUTY_SECRETARY_MAX", "支部副书记人数上限（≤）", "人", 1, _BRANCH, minimum=0, maximum=5),
    whole("TERM_YEARS_COMMUNITY", "村、社区党组织任期", "年", 5, _BRANCH, maximum=10),
    whole("TERM_YEARS_OTHER", "其他总支、支部任期", "年", 3, _BRANCH, maximum=10),
    whole("TERM_YEARS_PARTY_COMMITTEE", "其他基层党委任期", "年", 5, _ELECTION, maximum=10),
    whole("TERM_WARN_DAYS_1", "换届第一次提醒，届满前", "日", 180, f"{_ELECTION}：一般提前6个月提醒", maximum=400),
    whole("TERM_WARN_DAYS_2", "换届第二次提醒，届满前", "日", 90, _OWN, maximum=400),
    whole("TERM_WARN_DAYS_3", "换届第三次提醒，届满前", "日", 30, _OWN, maximum=400),
    days("TERM_ESCALATE_DAYS", "届满未换届的升级：县、街道", "30, 1", _OWN),
    whole("TERM_EXTENSION_MAX_MONTHS", "延期或提前换届的上限（≤，须批准）", "个月", 12, _ELECTION, maximum=24),
    whole("SECRETARY_VACANT_DAYS", "书记出缺，超过此数为不合（>）", "日", 90, f"{_BRANCH}：出缺及时补选；日数为{_OWN}", maximum=400),
    whole("SECRETARY_MIN_YEARS", "书记的党龄（≥）", "年", 1, _BRANCH, minimum=0, maximum=10),
    fraction("ELECTION_TURNOUT", "党内选举到会占应到（≥）", "4/5", _ELECTION),
    choice(
        "ELECT_BASE", "党内选举当选的基数", "DUE", f"{_ELECTION}（2020）及其后手册；旧文作实到会，两说并存",
        ("DUE", "应到会有选举权人数"), ("PRESENT", "实到会有选举权人数"),
    ),
    fraction("ELECTED_SHARE", "党内选举赞成票占基数（>）", "1/2", _ELECTION),
    fraction("ELECTION_SURPLUS", "委员候选人差额占应选（≥，小数进一）", "1/5", _ELECTION),
    whole("DELEGATE_MEETING_MIN", "可开党员代表大会的党员数（≥）", "人", 500, _ELECTION, maximum=5000),
    whole("DUE_EXEMPT_TRANSFER_MONTHS", "应转未转组织关系可不计应到（≥）", "个月", 6, f"{_ELECTION}及办事口径", maximum=24),
    whole("DUE_EXEMPT_ABROAD_MONTHS", "自费出国可不计应到（≥）", "个月", 6, f"{_ELECTION}及办事口径", maximum=24),
    whole("RESIDENTS_COMMITTEE_MIN", "居民委员会人数下限（≥）", "人", 5, f"{_RESIDENTS}第八条", maximum=20),
    whole("RESIDENTS_COMMITTEE_MAX", "居民委员会人数上限（≤）", "人", 9, f"{_RESIDENTS}第八条", maximum=20),
    whole("TERM_YEARS_RESIDENTS_COMMITTEE", "居民委员会任期", "年", 5, f"{_RESIDENTS}第十四条", maximum=10),
    whole("REPRESENTATIVE_HOUSEHOLDS_MIN", "推选一名居民代表的户数下限（≥）", "户", 20, f"{_RESIDENTS}第十三条", maximum=500),
    whole("REPRESENTATIVE_HOUSEHOLDS_MAX", "推选一名居民代表的户数上限（≤）", "户", 50, f"{_RESIDENTS}第十三条", maximum=500),
    whole("SUPERVISION_COMMITTEE_MIN", "居务监督委员会人数下限（≥）", "人", 3, "参照村务监督委员会3至5人", maximum=20),
    whole("SUPERVISION_COMMITTEE_MAX", "居务监督委员会人数上限（≤）", "人", 5, "参照村务监督委员会3至5人", maximum=20),
    whole("GRID_HOUSEHOLDS_MIN", "网格户数下限（≥）", "户", 300, "GB/T 34300-2017（未核到原文）", minimum=1, maximum=10000),
    whole("GRID_HOUSEHOLDS_MAX", "网格户数上限（≤）", "户", 500, "GB/T 34300-2017（未核到原文）", minimum=1, maximum=10000),
)  # fmt: skip
