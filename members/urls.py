"""Addresses of the register."""

from django.urls import path

from members.views import exporting, importing, member, register

app_name = "members"
urlpatterns = [
    path("members/", register.register, name="list"),
    path("members/search/", register.search, name="search"),
    path("members/export/", exporting.new, name="export-new"),
    path("members/exports/", exporting.exports, name="exports"),
    path("members/exports/<int:pk>/", exporting.export, name="export"),
    path("members/exports/<int:pk>/file/", exporting.file, name="export-file"),
    path("members/import/", importing.new, name="import"),
    path("members/import/template/", importing.blank, name="import-template"),
    path("members/imports/", importing.imports, name="imports"),
    path("members/imports/<int:pk>/", importing.detail, name="import-detail"),
    path("members/imports/<int:pk>/confirm/", importing.confirmed, name="import-confirm"),
    path("members/imports/<int:pk>/discard/", importing.discarded, name="import-discard"),
    path("members/imports/<int:pk>/report/", importing.report, name="import-report"),
    path("members/<int:pk>/", member.detail, name="detail"),
    path("members/<int:pk>/reveal/", member.reveal, name="reveal"),
]
