"""Addresses of accounts."""

from django.urls import path

from linshu.people.views import accounts, log_in, own

app_name = "people"
urlpatterns = [
    path("login/", log_in.log_in, name="login"),
    path("logout/", log_in.log_out, name="logout"),
    path("password/", own.password, name="password"),
    path("second-factor/", own.second_factor_page, name="second-factor"),
    path("large-text/", own.large_text, name="large-text"),
    path("me/", own.me, name="me"),
    path("me/tokens/", own.create_token, name="token-create"),
    path("me/tokens/<int:token_id>/revoke/", own.revoke_token, name="token-revoke"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="account-create"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    *(
        path(f"accounts/<int:account_id>/{verb}/", accounts.change_account, {"verb": verb}, name=f"account-{verb}")
        for verb in accounts.VERBS
    ),
]
