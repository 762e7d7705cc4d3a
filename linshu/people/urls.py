"""Addresses of accounts."""

from django.urls import path

from linshu.people.views import log_in

app_name = "people"
urlpatterns = [
    path("login/", log_in.log_in, name="login"),
    path("logout/", log_in.log_out, name="logout"),
]
