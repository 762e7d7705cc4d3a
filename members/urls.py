"""Addresses of the register."""

from django.urls import path

from members.views import member, register

app_name = "members"
urlpatterns = [
    path("members/", register.register, name="list"),
    path("members/search/", register.search, name="search"),
    path("members/<int:pk>/", member.detail, name="detail"),
    path("members/<int:pk>/reveal/", member.reveal, name="reveal"),
]
