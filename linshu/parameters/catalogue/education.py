"""教育承诺: study hours, courses, pledges (rule book 6)."""

from linshu.parameters.rules.definitions import decimal, in_area, whole

_TEACH = "《中国共产党党员教育管理工作条例》"
_OWN = "本项目设计默认值，请组织部门确认"
_LOCAL = "地方做法，作默认"

DEFINITIONS = in_area(
    "教育承诺",
    whole("COURSE_NOTICE_DAYS", "学习内容预告（≥）", "日", 5, _OWN, minimum=0, maximum=60),
    whole("STUDY_HOURS_MEMBER", "党员每年集中学习（≥）", "学时", 32, _TEACH, maximum=500),
    whole("STUDY_HOURS_SECRETARY", "支部书记、班子成员每年集中学习（≥）", "学时", 56, _TEACH, maximum=500),
    whole("SECRETARY_TRAININGS_PER_YEAR", "支部书记、班子成员每年集中培训（≥）", "次", 1, _TEACH, maximum=12),
    whole("SECRETARY_COUNTY_TRAININGS_PER_YEAR", "书记每年县级以上集中轮训（≥）", "次", 1, _TEACH, maximum=12),
    whole("NEW_SECRETARY_MONTHS", "新任书记任职培训（≤）", "个月", 6, _TEACH, maximum=24),
    whole("PROBATION_TRAININGS", "预备期内集中培训（≥）", "次", 1, _TEACH, maximum=12),
    whole("NEW_MEMBER_TRAININGS", "转正后首年集中培训（≥）", "次", 1, _TEACH, maximum=12),
    whole("NEW_MEMBER_TRAINING_MONTHS", "转正后集中培训的期限", "个月", 12, _TEACH, maximum=36),
    decimal("STUDY_HOURS_PER_DAY", "脱产学习每天折算", "学时", "8", _LOCAL, minimum="0.5", maximum="24"),
    decimal("STUDY_HOURS_PER_LECTURE", "半天讲座折算", "学时", "4", _LOCAL, minimum="0.5", maximum="24"),
    decimal("STUDY_HOURS_PER_HOUR", "支部学习每小时折算", "学时", "1", _LOCAL, minimum="0.1", maximum="4"),
    decimal("STUDY_HOURS_HALF_DAY_MAX", "支部学习半天封顶（≤）", "学时", "4", _LOCAL, minimum="0.5", maximum="24"),
    whole("PLEDGES_MIN", "党员承诺条数下限（≥）", "条", 2, "党员公开承诺办事口径", maximum=50),
    whole("PLEDGES_MAX", "党员承诺条数上限（≤）", "条", 5, "党员公开承诺办事口径", maximum=50),
    whole("PLEDGES_ORGANIZATION_MIN", "党组织承诺条数（≥）", "条", 10, _LOCAL, maximum=100),
    whole("PLEDGE_FIRST_MONTH", "提诺开始月份", "月", 1, _OWN, maximum=12),
    whole("PLEDGE_LAST_MONTH", "提诺截止月份", "月", 2, _OWN, maximum=12),
    whole("PLEDGE_REPORT_MONTHS", "践诺进度报告间隔", "个月", 3, _OWN, maximum=12),
    whole("PLEDGE_EVALUATION_MONTH", "评诺月份", "月", 12, _OWN, maximum=12),
    whole("PLEDGE_NOTICE_WD", "承诺、评优公示", "个工作日", 5, _OWN, maximum=30),
)  # fmt: skip
