"""服务 and 公开: the service desk, alliances, disclosure, objections (rule book 7, 8, 9)."""

from linshu.parameters.rules.definitions import in_area, whole

_LAW = "《城市居民委员会组织法》（2026年1月1日起施行）"
_PETITIONS = "《信访工作条例》"
_OWN = "本项目设计默认值，请组织部门确认"
_LOCAL = "地方做法，作默认"

_SERVICE = in_area(
    "服务",
    whole("SERVICE_ACCEPT_WD", "受理决定（≤）", "个工作日", 1, _OWN, maximum=30),
    whole("SERVICE_SIMPLE_WD", "简单事项办结（≤）", "个工作日", 5, _OWN, maximum=120),
    whole("SERVICE_GENERAL_WD", "一般事项办结（≤）", "个工作日", 15, _OWN, maximum=120),
    whole("SERVICE_EXTENSION_TIMES", "可延期次数（≤，须批准）", "次", 1, _OWN, minimum=0, maximum=5),
    whole("SERVICE_EXTENSION_WD", "每次延期（≤）", "个工作日", 10, _OWN, maximum=60),
    whole("SERVICE_URGENT_HOURS", "紧急求助响应（≤）", "小时", 2, _OWN, maximum=48),
    whole("SERVICE_WARN_PERCENT_1", "工单第一次提醒，时限已用", "%", 50, _OWN, maximum=100),
    whole("SERVICE_WARN_PERCENT_2", "工单第二次提醒，时限已用", "%", 80, _OWN, maximum=100),
    whole("COMPLAINT_WD", "差评整改（≤）", "个工作日", 15, _LOCAL, maximum=120),
    whole("COMPLAINT_REVISIT_PERCENT", "差评回访率（≥）", "%", 100, _LOCAL, minimum=0, maximum=100),
    whole("HELP_IDENTITY_YEARS", "帮扶、诉求人身份在办结后保留", "年", 1, _OWN, maximum=10),
    whole("PETITION_ACCEPT_DAYS", "信访受理告知（≤，只登记转送）", "日", 15, _PETITIONS, maximum=60),
    whole("PETITION_DAYS", "信访办结（≤，只登记转送）", "日", 60, _PETITIONS, maximum=365),
    whole("PETITION_EXTENSION_DAYS", "信访延期（≤，只登记转送）", "日", 30, _PETITIONS, maximum=365),
    whole("ALLIANCE_MEETING_MONTHS", "党建联合体全体会间隔", "个月", 6, _OWN, maximum=24),
    whole("ALLIANCE_LIAISON_MONTHS", "党建联合体联络员会间隔", "个月", 3, _OWN, maximum=24),
)  # fmt: skip

_DISCLOSURE = in_area(
    "公开",
    whole("DISCLOSURE_DAYS", "居务公开（≥，自然日）", "日", 15, f"{_LAW}第三十四条", maximum=365),
    whole("AFFAIRS_GENERAL_MONTHS", "居务一般事项公开间隔", "个月", 3, f"参照村务公开；{_OWN}", maximum=12),
    whole("AFFAIRS_FINANCE_MONTHS", "居务财务收支公开间隔", "个月", 1, f"参照村务公开；{_OWN}", maximum=12),
    whole("OBJECTION_ACCEPT_WD", "异议受理与否（≤）", "个工作日", 1, _OWN, maximum=30),
    whole("OBJECTION_REPLY_WD", "异议答复（≤）", "个工作日", 3, _OWN, maximum=30),
    whole("REQUEST_REPLY_WD", "依申请公开答复（≤）", "个工作日", 3, _LOCAL, maximum=60),
    whole("REQUEST_REPLY_MAX_WD", "依申请公开延长答复（≤）", "个工作日", 10, _LOCAL, maximum=60),
)  # fmt: skip

DEFINITIONS = (*_SERVICE, *_DISCLOSURE)
