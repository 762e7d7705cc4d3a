"""Addresses of organisations and of what hangs on them."""

from django.urls import path

from organizations.views import bodies, grids, history, holders, lists, operations, posts, seats, terms, tree, upgrade

app_name = "organizations"
_NODE = "organizations/<int:pk>"
_BODY = f"{_NODE}/bodies/<int:body>"
_SEAT = f"{_BODY}/seats/<int:seat>"

urlpatterns = [
    path("organizations/", tree.tree, name="tree"),
    path(f"{_NODE}/", tree.node, name="node"),
    path(f"{_NODE}/branches/", lists.listing, {"group": "branches"}, name="branches"),
    path(f"{_NODE}/groups/", lists.listing, {"group": "groups"}, name="groups"),
    path(f"{_NODE}/history/", history.history, name="history"),
    path(f"{_NODE}/day/", history.day, name="day"),
    path(f"{_NODE}/operations/", operations.menu, name="operations"),
    path(f"{_NODE}/establish/", operations.establish, name="establish"),
    path(f"{_NODE}/rename/", operations.rename, name="rename"),
    path(f"{_NODE}/move/", operations.move, name="move"),
    path(f"{_NODE}/merge/", operations.merge, name="merge"),
    path(f"{_NODE}/split/", operations.split, name="split"),
    path(f"{_NODE}/close/", operations.close, name="close"),
    path(f"{_NODE}/upgrade/", upgrade.upgrade, name="upgrade"),
    path(f"{_NODE}/upgrade/propose/", upgrade.propose, name="propose-upgrade"),
    path(f"{_NODE}/upgrade/<slug:action>/", upgrade.step, name="upgrade-step"),
    path(f"{_NODE}/correct/", operations.correct, name="correct"),
    path(f"{_NODE}/posts/", posts.listing, name="posts"),
    path(f"{_NODE}/posts/appoint/", posts.appoint, name="appoint"),
    path(f"{_NODE}/posts/<int:post>/relieve/", posts.relieve, name="relieve"),
    path(f"{_NODE}/posts/<int:post>/correct/", posts.correct, name="correct-post"),
    path(f"{_NODE}/terms/", lists.terms, name="terms"),
    path(f"{_NODE}/terms/start/", terms.start, name="start-term"),
    path(f"{_NODE}/terms/<int:term>/extend/", terms.extend, name="extend-term"),
    path(f"{_NODE}/lead/", terms.lead, name="lead"),
    path(f"{_NODE}/lead/<int:lead>/end/", terms.end_lead, name="end-lead"),
    path(f"{_NODE}/bodies/", bodies.listing, name="bodies"),
    path(f"{_NODE}/bodies/establish/", bodies.establish, name="establish-body"),
    path(f"{_BODY}/", bodies.detail, name="body"),
    path(f"{_BODY}/begin-term/", bodies.begin_term, name="begin-body-term"),
    path(f"{_BODY}/dissolve/", bodies.dissolve, name="dissolve-body"),
    path(f"{_BODY}/seat/", seats.seat, name="seat"),
    path(f"{_SEAT}/leave/", seats.leave, name="leave"),
    path(f"{_SEAT}/declare-kinship/", seats.declare_kinship, name="declare-kinship"),
    path(f"{_NODE}/grids/", grids.listing, name="grids"),
    path(f"{_NODE}/grids/create/", grids.create, name="create-grid"),
    path(f"{_NODE}/grids/<int:grid>/change/", grids.change, name="change-grid"),
    path(f"{_NODE}/grids/<int:grid>/close/", grids.close, name="close-grid"),
    path("grids/", grids.everywhere, name="grid-list"),
    path("posts/", holders.everywhere, name="post-list"),
]
