"""The operators' admin: looking at accounts, nothing else. Managing them has pages of its own, with reasons and audit."""

from typing import Any

from django.contrib import admin
from django.shortcuts import redirect

from linshu.people.models import User
from linshu.scope import Right, require


class OperatorsSite(admin.AdminSite):
    """Open to whoever manages accounts by grant; ``is_superuser`` opens nothing."""

    site_header = site_title = "系统运行"
    index_title = "账号和后台任务"

    def has_permission(self, request: Any) -> bool:
        """Refused outright without the right: who is not logged in has met the log-in page before."""
        require(request.actor, Right.ACCOUNTS_MANAGE)
        return True

    def login(self, request: Any, extra_context: Any = None) -> Any:
        """Our own log-in knows lock-out and second factor; here there is none."""
        return redirect("admin:index")

    def password_change(self, request: Any, extra_context: Any = None) -> Any:
        """Our own page remembers former passwords and leaves a trace."""
        return redirect("people:password")


class ReadOnlyAdmin(admin.ModelAdmin):
    """A table to look at for whoever may enter the site."""

    def has_module_permission(self, request: Any) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class UserAdmin(ReadOnlyAdmin):
    """Accounts without password hash, person and grants."""

    list_display = ("username", "full_name", "is_active", "must_change_password", "last_login", "date_joined")
    list_filter = ("is_active", "must_change_password")
    search_fields = ("username", "full_name")
    ordering = ("username",)
    fields = list_display


site = OperatorsSite(name="admin")
site.register(User, UserAdmin)
