"""What an error page says: what happened, why, what to do."""

from dataclasses import dataclass

from linshu.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted, Problem

STATUSES: dict[type[DomainError], int] = {NotFound: 404, NotPermitted: 403, Conflict: 409, Invalid: 422}
HEADINGS = {
    400: "请求有误",
    403: "没有权限",
    404: "没有找到",
    409: "现在不能这样办",
    413: "内容太大",
    422: "填写的内容不符合规则",
    500: "系统出错了",
}
STEPS = {
    400: "请返回上一页重新操作；还是这样，请联系系统管理员。",
    403: "各角色能办什么，见“角色说明”。",
    404: "请检查地址有没有写全，再从首页重新进入。",
    409: "请返回上一页，看看最新的情况再办。",
    413: "请返回上一页，换一个较小的文件；一份名册太大的，可以按社区分成几个文件。",
    422: "请返回上一页改正后重新提交，已填写的内容还在。",
}


@dataclass(frozen=True)
class ErrorPage:
    """Status, words and problems of an error page."""

    status: int
    message: str
    problems: tuple[Problem, ...] = ()
    step: str = ""

    @property
    def heading(self) -> str:
        return HEADINGS[self.status]

    @property
    def next_step(self) -> str:
        return self.step or STEPS[self.status]


def refused(error: DomainError) -> ErrorPage:
    """The page of a domain error; a subclass nobody mapped is a conflict."""
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 409)
    return ErrorPage(status, error.message, error.problems)


BAD_REQUEST = ErrorPage(400, "浏览器送来的请求不完整或不合规范，没有办理。")
FORBIDDEN = ErrorPage(403, "您的角色没有打开这个页面的权限。")
BROKEN = ErrorPage(500, "这一步没有办成，是系统的问题，不是您操作有误。错误已经记录下来，请过几分钟再试。")
MISSING = ErrorPage(404, "没有这个页面：地址可能不完整，也可能记录已被撤销，或不在您的管理范围内。")
STALE_FORM = ErrorPage(
    403,
    "这张表单放得太久，或浏览器没有保存 Cookie，为防止他人冒用，没有提交。",
    step="请返回上一页，刷新后再提交一次；已填写的内容还在。浏览器禁用了 Cookie 的，请先允许本站的 Cookie。",
)


def too_large(most_bytes: int) -> ErrorPage:
    """A body beyond the limit; told before any of it is looked at."""
    return ErrorPage(413, f"送来的内容超过 {most_bytes / 1024**2:g} MB，系统没有接收，也没有办理。")
