"""Addresses of the first page and of the search."""

from django.urls import path

from linshu.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("todos/count/", views.count, name="count"),
    path("search/", views.search, name="search"),
]
