"""Addresses of the register."""

from django.urls import path

from members.views import changes, exporting, importing, keeping, member, proposing, register, registering

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
    path("members/imports/<int:pk>/assign/", importing.assigned, name="import-assign"),
    path("members/imports/<int:pk>/settle/", importing.settled, name="import-settle"),
    path("members/imports/<int:pk>/report/", importing.report, name="import-report"),
    path("members/new/", registering.new, name="new"),
    path("members/changes/", changes.listing, name="changes"),
    path("members/changes/mine/", changes.listing, {"mine": True}, name="changes-mine"),
    path("members/changes/count/", changes.count, name="changes-count"),
    path("members/changes/<int:pk>/", changes.detail, name="change"),
    path("members/changes/<int:pk>/withdraw/", changes.withdraw, name="withdraw-change"),
    path("members/changes/<int:pk>/reveal/", changes.reveal, name="reveal-change"),
    path("members/<int:pk>/", member.detail, name="detail"),
    path("members/<int:pk>/operations/", keeping.menu, name="operations"),
    path("members/<int:pk>/correct/", keeping.correct, name="correct"),
    path("members/<int:pk>/regroup/", keeping.regroup, name="regroup"),
    path("members/<int:pk>/mark-mobile/", keeping.mark_mobile, name="mark_mobile"),
    path("members/<int:pk>/mark-home/", keeping.mark_home, name="mark_home"),
    path("members/<int:pk>/record-death/", keeping.record_death, name="record_death"),
    path("members/<int:pk>/undo-death/", keeping.undo_death, name="undo_death"),
    path("members/<int:pk>/propose/", proposing.propose, name="propose"),
    path("members/<int:pk>/propose-death/", proposing.propose_death, name="propose_death"),
    path("members/<int:pk>/reveal/", member.reveal, name="reveal"),
]
