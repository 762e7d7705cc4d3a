"""Shapes of what people type about accounts."""

from django import forms


class LogInForm(forms.Form):
    """User name, password, and the code of the authenticator where one is bound."""

    username = forms.CharField(label="用户名", max_length=150, error_messages={"required": "请填写用户名。"})
    password = forms.CharField(label="口令", strip=False, error_messages={"required": "请填写口令。"})
    otp_token = forms.CharField(label="动态口令", max_length=6, required=False)
