"""绩效 and 干部: the project's reading of 三岗一统算, and the care of cadres (rule book 5, 8)."""

from linshu.parameters.rules.definitions import choice, decimal, fraction, in_area, whole

_OWN = "本项目自拟（SGTS-1），临沭县原办法未公开，请组织部门确认"
_SELECTION = "《党政领导干部选拔任用工作条例》，社区岗位参照适用"

_APPRAISAL = in_area(
    "绩效",
    decimal("APPRAISAL_POST_FACTOR_A", "正职岗系数", "", "1.20", _OWN, maximum="5"),
    decimal("APPRAISAL_POST_FACTOR_B", "副职、委员岗系数", "", "1.00", _OWN, maximum="5"),
    decimal("APPRAISAL_POST_FACTOR_C", "专职工作岗系数", "", "0.80", _OWN, maximum="5"),
    decimal("APPRAISAL_WEIGHT_COMMON", "共性指标权重", "", "0.4", _OWN, maximum="1"),
    decimal("APPRAISAL_WEIGHT_POST", "岗位指标权重", "", "0.6", _OWN, maximum="1"),
    decimal("APPRAISAL_BONUS_MIN", "加减分下限", "分", "-10", _OWN, minimum="-100", maximum="0"),
    decimal("APPRAISAL_BONUS_MAX", "加减分上限", "分", "5", _OWN, maximum="100"),
    decimal("APPRAISAL_BENCHMARK_MIN", "岗类标杆下限", "分", "90", _OWN, minimum="1", maximum="100"),
    whole("APPRAISAL_MONTH_DAYS", "当月在岗多少日计一个月（≥）", "日", 15, _OWN, maximum=31),
    whole("APPRAISAL_MIN_MONTHS", "定等次的在岗月数（≥）", "个月", 6, _OWN, minimum=0, maximum=12),
    decimal("APPRAISAL_GRADE_EXCELLENT", "优秀系数", "", "1.20", _OWN, maximum="5"),
    decimal("APPRAISAL_GRADE_COMPETENT", "称职系数", "", "1.00", _OWN, maximum="5"),
    decimal("APPRAISAL_GRADE_BASIC", "基本称职系数", "", "0.70", _OWN, maximum="5"),
    decimal("APPRAISAL_GRADE_UNFIT", "不称职系数", "", "0", _OWN, maximum="5"),
    decimal("APPRAISAL_GRADE_UNGRADED", "不定等次系数", "", "1.00", _OWN, maximum="5"),
    decimal("APPRAISAL_SCORE_EXCELLENT", "优秀分数线（≥）", "分", "90", _OWN, maximum="105"),
    decimal("APPRAISAL_SCORE_COMPETENT", "称职分数线（≥）", "分", "75", _OWN, maximum="105"),
    decimal("APPRAISAL_SCORE_BASIC", "基本称职分数线（≥）", "分", "60", _OWN, maximum="105"),
    fraction("APPRAISAL_EXCELLENT_SHARE", "优秀名额占参评人数（≤，小数舍去）", "1/5", "参照公务员考核20%惯例"),
    decimal("APPRAISAL_VALUE_CAP", "统一分值封顶倍数", "倍", "1.10", _OWN, minimum="0.01", maximum="10"),
    choice(
        "APPRAISAL_FORFEIT", "不称职者份额的去向", "RETURN", _OWN,
        ("RETURN", "退回预留"), ("SHARE", "在他人间再分配"),
    ),
    whole("APPRAISAL_NOTICE_WD", "结果公示", "个工作日", 5, _OWN, maximum=30),
    whole("APPRAISAL_APPEAL_WD", "绩效申诉答复（≤）", "个工作日", 5, _OWN, maximum=60),
)  # fmt: skip

_CADRES = in_area(
    "干部",
    fraction("CADRE_DECISION_QUORUM", "讨论决定到会占应到（≥）", "2/3", _SELECTION),
    fraction("CADRE_DECISION_PASS", "讨论决定赞成占应到（>）", "1/2", _SELECTION),
    whole("CADRE_NOTICE_WD", "任前公示（≥）", "个工作日", 5, _SELECTION, maximum=30),
    whole("CADRE_TRIAL_MONTHS", "任职试用期", "个月", 12, _SELECTION, maximum=36),
    whole("INQUIRY_REPLY_WD", "函询书面回复（≤）", "个工作日", 15, "函询办事口径", maximum=60),
)  # fmt: skip

DEFINITIONS = (*_APPRAISAL, *_CADRES)
