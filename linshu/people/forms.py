"""Shapes of what people type about accounts."""

from typing import Any

from django import forms

from linshu.web.forms import Form, NameField


def _secret(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


def _code(**kwargs: Any) -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "ls-otp"}
    return forms.CharField(label="动态口令", max_length=6, widget=forms.TextInput(attrs=attrs), **kwargs)


class LogInForm(Form):
    """User name, password, and the code of the authenticator where one is bound."""

    errors_heading = "没有登录成功"
    username = forms.CharField(
        label="用户名", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(label="口令", strip=False, widget=_secret("current-password"))
    otp_token = _code(required=False, help_text="绑定了手机验证器的，填验证器上的 6 位数字；没有绑定的不填")


class PasswordForm(Form):
    """One's own password: the present one, and the next one twice."""

    current_password = forms.CharField(label="现在的口令", strip=False, widget=_secret("current-password"))
    new_password = forms.CharField(label="新口令", strip=False, max_length=128, widget=_secret("new-password"))
    new_password_again = forms.CharField(label="再输一遍新口令", strip=False, widget=_secret("new-password"))

    def clean_new_password_again(self) -> str:
        again: str = self.cleaned_data["new_password_again"]
        if again != self.cleaned_data.get("new_password", again):
            raise forms.ValidationError("两遍输入的新口令不一样，请重新输入。")
        return again


class CodeForm(Form):
    """The six digits an authenticator shows."""

    otp_token = _code(help_text="手机验证器上的 6 位数字，每 30 秒变一次")


class TokenForm(Form):
    """A new key of one's own."""

    label = forms.CharField(label="给哪个系统用", max_length=60)
    days = forms.IntegerField(label="有效天数", min_value=1, help_text="到期可以再建")


class AccountForm(Form):
    """A new account; roles are given afterwards, by somebody else."""

    full_name = NameField(label="姓名", max_length=60)
    username = forms.CharField(
        label="用户名", max_length=150, help_text="登录用，由字母、数字和 . _ - 组成，建立后不改"
    )


class ReasonForm(Form):
    """Why an account is touched; kept in the audit log."""

    reason = forms.CharField(label="事由", max_length=200, help_text="谁提出的、为什么，记入审计日志")
