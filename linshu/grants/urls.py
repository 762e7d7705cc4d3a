"""Addresses of grants."""

from django.urls import path

from linshu.grants.views import grants

app_name = "grants"
urlpatterns = [
    path("grants/", grants.grants, name="list"),
    path("grants/accounts/<int:user_id>/", grants.account, name="account"),
    path("grants/accounts/<int:user_id>/link/", grants.link, name="link"),
    path("grants/<int:grant_id>/end/", grants.end, name="end"),
    path("roles/", grants.roles, name="roles"),
]
