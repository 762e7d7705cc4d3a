"""党员, 发展, 转接, 流动, 中心户, 党费 (rule book 2)."""

from linshu.parameters.rules.definitions import decimal, fraction, in_area, whole

_CHARTER = "《中国共产党章程》"
_TEACH = "《中国共产党党员教育管理工作条例》"
_DEVELOP = "《中国共产党发展党员工作细则》"
_UNFIT = "《不合格党员组织处置办法》（2024年6月16日）"
_DUES = "《关于中国共产党党费收缴、使用和管理的规定》"
_MOBILE = "中共中央办公厅2024年11月关于加强流动党员管理的意见"
_SEED = "《城镇化发展过程中的县级城区基层党建研究》（2013）"
_OWN = "本项目设计默认值，请组织部门确认"

_STATUS = in_area(
    "党员",
    whole("LOST_SUSPEND_MONTHS", "失去联系多久可停止党籍（≥）", "个月", 6, _TEACH, maximum=60),
    whole("STUDY_ABROAD_SUSPEND_YEARS", "出国学习研究未返可停止党籍（>）", "年", 5, f"{_TEACH}及办事口径", maximum=20),
    whole("SUSPENDED_EXPEL_YEARS", "停止党籍后仍无法联系，按自行脱党除名（≥）", "年", 2, _TEACH, maximum=10),
    whole("ABSENCE_EXPEL_MONTHS", "连续不参加组织生活、不交党费或不做工作（≥）", "个月", 6, _CHARTER, maximum=24),
    whole("CORRECTION_MAX_MONTHS", "限期改正的期限（≤）", "个月", 12, f"{_UNFIT}（时限未核到，暂按12个月）", maximum=36),
    whole("WATCH_MIN_YEARS", "留党察看下限（≥）", "年", 1, "《中国共产党纪律处分条例》", maximum=5),
    whole("WATCH_MAX_YEARS", "留党察看上限（≤）", "年", 2, "《中国共产党纪律处分条例》", maximum=5),
    whole("PROBATION_MONTHS", "预备期", "个月", 12, _CHARTER, maximum=36),
    whole("PROBATION_EXTENSION_TIMES", "预备期可延长次数（≤）", "次", 1, _CHARTER, minimum=0, maximum=5),
    whole("PROBATION_EXTENSION_MIN_MONTHS", "预备期延长下限（≥）", "个月", 6, _DEVELOP, maximum=24),
    whole("PROBATION_EXTENSION_MAX_MONTHS", "预备期延长上限（≤）", "个月", 12, _DEVELOP, maximum=24),
    whole("CHANGE_DECIDE_WD", "支部报来的变更申请办理时限（≤）", "个工作日", 5, _OWN, maximum=30),
)  # fmt: skip

_DEVELOPMENT = in_area(
    "发展",
    whole("DEV_MIN_AGE", "申请入党年龄（≥）", "周岁", 18, _CHARTER, maximum=30),
    whole("DEV_TALK_MONTHS", "收到申请书后派人谈话（≤）", "个月", 1, _DEVELOP, maximum=12),
    whole("DEV_TUTORS_MIN", "培养联系人下限（≥）", "人", 1, _DEVELOP, maximum=5),
    whole("DEV_TUTORS_MAX", "培养联系人上限（≤）", "人", 2, _DEVELOP, maximum=5),
    whole("DEV_REVIEW_MONTHS", "入党积极分子考察间隔（≤）", "个月", 6, _DEVELOP, maximum=24),
    whole("DEV_ACTIVIST_MONTHS", "列为发展对象前的培养教育（≥）", "个月", 12, _DEVELOP, maximum=60),
    whole("DEV_REPORT_MONTHS", "入党积极分子思想汇报间隔", "个月", 3, "地方惯例：按季汇报", maximum=12),
    whole("DEV_SPONSORS", "入党介绍人人数", "人", 2, _CHARTER, maximum=5),
    whole("DEV_TRAINING_DAYS", "发展对象集中培训天数（≥，与学时二者满足其一）", "天", 3, _DEVELOP, maximum=30),
    whole("DEV_TRAINING_HOURS", "发展对象集中培训学时（≥，与天数二者满足其一）", "学时", 24, _DEVELOP, maximum=240),
    whole("DEV_LEAVING_MONTHS", "多久内将离开单位的一般不办接收（≤）", "个月", 3, _DEVELOP, maximum=12),
    whole("DEV_MEETING_MONTHS", "预审合格后召开支部大会（≤）", "个月", 1, _DEVELOP, maximum=12),
    whole("DEV_APPROVAL_MONTHS", "党委审批期限（≤）", "个月", 3, _DEVELOP, maximum=12),
    whole("DEV_APPROVAL_MAX_MONTHS", "党委审批特殊情况期限（≤）", "个月", 6, _DEVELOP, maximum=24),
    whole("DEV_NOTICE_WD", "发展对象和转正公示", "个工作日", 5, "各地实施规定；细则正文无统一天数", maximum=30),
    fraction("DEV_QUORUM", "接收、转正到会有表决权党员占应到（>）", "1/2", _DEVELOP),
    fraction("DEV_PASS", "接收、转正赞成占应到（>）", "1/2", _DEVELOP),
)  # fmt: skip

_TRANSFER = in_area(
    "转接",
    whole("TRANSFER_AWAY_MONTHS", "外出多久且地点固定应转组织关系（≥）", "个月", 6, _TEACH, maximum=60),
    whole("LETTER_DAYS", "介绍信有效期默认", "日", 30, "组织部门办事口径（10日、30日、90日诸说并存）", maximum=180),
    whole("LETTER_CITY_DAYS", "市内介绍信有效期", "日", 10, "组织部门办事口径", maximum=180),
    whole("LETTER_MAX_DAYS", "介绍信有效期上限（≤）", "日", 90, "组织部门办事口径：最长不超过3个月", maximum=180),
    whole("GRADUATE_KEEP_YEARS", "高校毕业生组织关系保留（≤）", "年", 2, _TEACH, maximum=10),
)  # fmt: skip

_MOBILE_MEMBERS = in_area(
    "流动",
    whole("MOBILE_MONTHS", "连续不能参加活动即为流动党员（≥）", "个月", 6, _MOBILE, maximum=24),
    whole("MOBILE_CONTACT_DAYS", "联系间隔", "日", 30, f"条例只写“经常联系”；{_OWN}", maximum=365),
    whole("MOBILE_CONTACT_WARN_DAYS", "未联系提示（>）", "日", 60, _OWN, maximum=365),
    whole("MOBILE_CONTACT_LATE_DAYS", "未联系告警（>）", "日", 90, _OWN, maximum=365),
    whole("MOBILE_CONTACT_LOST_DAYS", "未联系转失联研判（≥）", "日", 180, _OWN, maximum=730),
    whole("ABROAD_CONTACT_MONTHS", "出国（境）学习党员联系间隔（≤）", "个月", 6, _TEACH, maximum=24),
)  # fmt: skip

_HUBS = in_area(
    "中心户",
    whole("HUB_RESIDENT_MIN", "每户联系居民党员下限（≥，不含户主）", "人", 7, f"{_SEED}：居民党员7至10名", minimum=0, maximum=50),
    whole("HUB_RESIDENT_MAX", "每户联系居民党员上限（≤，不含户主）", "人", 10, f"{_SEED}：居民党员7至10名", maximum=50),
    whole("HUB_MOBILE_MIN", "每户联系流动党员下限（≥）", "人", 1, f"{_SEED}：流动党员1至2名", minimum=0, maximum=50),
    whole("HUB_MOBILE_MAX", "每户联系流动党员上限（≤）", "人", 2, f"{_SEED}：流动党员1至2名", maximum=50),
    whole("HUB_SMALL_COMMUNITY", "居民党员不足此数的社区不适用下限（<）", "人", 8, _OWN, minimum=0, maximum=50),
)  # fmt: skip

_PARTY_DUES = in_area(
    "党费",
    decimal("DUES_LIMIT_1", "按月领薪第一档上限（≤）", "元", "3000", _DUES, maximum="1000000"),
    decimal("DUES_LIMIT_2", "按月领薪第二档上限（≤）", "元", "5000", _DUES, maximum="1000000"),
    decimal("DUES_LIMIT_3", "按月领薪第三档上限（≤）", "元", "10000", _DUES, maximum="1000000"),
    decimal("DUES_RATE_1", "第一档费率（全额适用）", "%", "0.5", _DUES, maximum="10"),
    decimal("DUES_RATE_2", "第二档费率（全额适用）", "%", "1", _DUES, maximum="10"),
    decimal("DUES_RATE_3", "第三档费率（全额适用）", "%", "1.5", _DUES, maximum="10"),
    decimal("DUES_RATE_4", "第四档费率（全额适用）", "%", "2", _DUES, maximum="10"),
    decimal("DUES_RETIRED_LIMIT", "离退休第一档上限（≤）", "元", "5000", _DUES, maximum="1000000"),
    decimal("DUES_RETIRED_RATE_1", "离退休第一档费率", "%", "0.5", _DUES, maximum="10"),
    decimal("DUES_RETIRED_RATE_2", "离退休第二档费率", "%", "1", _DUES, maximum="10"),
    decimal("DUES_FARMER_MIN", "农民党员月额下限（≥）", "元", "0.2", _DUES, maximum="100"),
    decimal("DUES_FARMER_MAX", "农民党员月额上限（≤）", "元", "1", _DUES, maximum="100"),
    decimal("DUES_FIXED", "学生、失业、抚恤、低保党员月额", "元", "0.2", _DUES, maximum="100"),
    whole("DUES_ARREARS_MONTHS", "补交一般不超过（≤）", "个月", 6, _DUES, maximum=60),
    decimal("DUES_LARGE", "大额党费一次（≥，全部上缴中央）", "元", "1000", _DUES, maximum="1000000"),
)  # fmt: skip

DEFINITIONS = (*_STATUS, *_DEVELOPMENT, *_TRANSFER, *_MOBILE_MEMBERS, *_HUBS, *_PARTY_DUES)
