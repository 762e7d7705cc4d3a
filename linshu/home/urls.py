"""Addresses of the first page, the search and of health."""

from django.urls import path

from linshu.home.views import health, pages

app_name = "home"
urlpatterns = [
    path("", pages.home, name="home"),
    path("todos/count/", pages.count, name="count"),
    path("search/", pages.search, name="search"),
    path("healthz/", health.alive, name="alive"),
    path("readyz/", health.ready, name="ready"),
]
