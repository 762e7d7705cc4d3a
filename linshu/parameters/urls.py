"""Addresses of the rule numbers."""

from django.urls import path

from linshu.parameters.views import pages

app_name = "parameters"
urlpatterns = [
    path("parameters/", pages.parameters, name="list"),
    path("parameters/<slug:code>/", pages.parameter, name="detail"),
    path("parameters/<slug:code>/withdraw/", pages.withdraw, name="withdraw"),
]
