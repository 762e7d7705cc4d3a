"""Addresses of the register."""

from django.urls import path

from members.views import exporting, member, register

app_name = "members"
urlpatterns = [
    path("members/", register.register, name="list"),
    path("members/search/", register.search, name="search"),
    path("members/export/", exporting.new, name="export-new"),
    path("members/exports/", exporting.exports, name="exports"),
    path("members/exports/<int:pk>/", exporting.export, name="export"),
    path("members/exports/<int:pk>/file/", exporting.file, name="export-file"),
    path("members/<int:pk>/", member.detail, name="detail"),
    path("members/<int:pk>/reveal/", member.reveal, name="reveal"),
]
