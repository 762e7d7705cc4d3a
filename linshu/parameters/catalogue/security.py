"""安全: accounts, sessions, exports, retention (rule book 11). Only the security administrator changes these."""

from linshu.parameters.rules.definitions import in_area, whole

_CYBER = "《网络安全法》第二十三条（2026年1月1日起）"
_GRADED = "等级保护三级要求"
_OWN = "本项目设计默认值，请安全管理员确认"

DEFINITIONS = in_area(
    "安全",
    whole("PASSWORD_MIN_LENGTH", "口令长度（≥）", "位", 10, f"{_GRADED}；{_OWN}", minimum=8, maximum=64, security=True),
    whole("PASSWORD_CLASSES", "口令字符种类（≥，大写、小写、数字、符号四选）", "种", 3, f"{_GRADED}；{_OWN}", minimum=2, maximum=4, security=True),
    whole("PASSWORD_AGE_DAYS", "口令有效期", "日", 90, f"{_GRADED}；{_OWN}", maximum=365, security=True),
    whole("PASSWORD_HISTORY", "不得与最近几次口令重复", "次", 5, _OWN, minimum=0, maximum=24, security=True),
    whole("LOGIN_FAILURES", "连续登录失败几次即锁定", "次", 5, f"{_GRADED}；{_OWN}", minimum=2, maximum=20, security=True),
    whole("LOCK_MINUTES", "登录锁定时间", "分钟", 15, f"{_GRADED}；{_OWN}", maximum=1440, security=True),
    whole("LOGIN_SLOW_AFTER", "同一账号一日内从各处累计登录失败几次即放慢", "次", 20, _OWN, minimum=5, maximum=1000, security=True),
    whole("LOGIN_SLOW_SECONDS", "放慢后，从没有用过的地址登录每次须隔", "秒", 60, _OWN, minimum=10, maximum=900, security=True),
    whole("SESSION_MINUTES", "无操作自动退出", "分钟", 30, f"{_GRADED}；{_OWN}", minimum=5, maximum=720, security=True),
    whole("TOKEN_DAYS", "接口令牌默认有效期", "日", 90, _OWN, maximum=365, security=True),
    whole("TOKEN_MAX_DAYS", "接口令牌最长有效期（≤）", "日", 365, _OWN, maximum=730, security=True),
    whole("REVEALS_PER_DAY", "每人每日查看完整证号、电话、住址上限（≤）", "次", 50, _OWN, minimum=0, maximum=10000, security=True),
    whole("EXPORT_ROWS_PER_DAY", "每人每日导出上限（≤）", "行", 5000, _OWN, minimum=0, maximum=1000000, security=True),
    whole("EXPORT_ROWS_PER_DAY_STREET", "街道有导出权的人每日导出上限（≤）", "行", 50000, _OWN, minimum=0, maximum=1000000, security=True),
    whole("EXPORT_ROWS_PER_DAY_COUNTY", "县里有导出权的人每日导出上限（≤）", "行", 500000, _OWN, minimum=0, maximum=10000000, security=True),
    whole("IMPORT_KEEP_DAYS", "导入的名册文件和核对结果保存（到期删除，没有确认的随之放弃）", "日", 30, _OWN, maximum=365, security=True),
    whole("EXPORT_KEEP_DAYS", "导出文件保存（到期删除）", "日", 7, _OWN, maximum=90, security=True),
    whole("NETWORK_LOG_MONTHS", "网络日志保存（≥）", "个月", 6, _CYBER, minimum=6, maximum=120, security=True),
    whole("AUDIT_YEARS", "审计记录保存（≥）", "年", 3, _OWN, minimum=1, maximum=50, security=True),
    whole("ENTRUST_RECORD_YEARS", "委托处理、对外提供记录保存（≥）", "年", 3, "网络数据安全管理要求", minimum=3, maximum=50, security=True),
)  # fmt: skip
