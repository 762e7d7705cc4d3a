"""A roster comes in, a branch moves, and every number of yesterday and today has its list, on pages and over the API."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from linshu.audit import services as audit
from linshu.people.services.tokens import create_token
from linshu.scope import SYSTEM
from members.services.importing import import_roster
from organizations.models import Organization
from organizations.tree import check

ROSTER = Path(__file__).parents[2] / "linshu" / "demo" / "data" / "linshu-roster.xlsx"
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def county(db) -> Organization:
    """The fictional county of the roster."""
    import_roster(content=ROSTER.read_bytes(), by=SYSTEM, now=timezone.now())
    return Organization.objects.get(kind="county")


@pytest.fixture
def api_get(county, user_with):
    """``api_get(path, **query)``: the JSON that a token of the county reads."""
    _, key = create_token(user=user_with("county_viewer", county), label="测试", days=1, by=SYSTEM, now=timezone.now())

    def get(path: str, client, **query):
        answer = client.get(f"/api/v1/{path}/", query, headers={"Authorization": f"Token {key}"})
        assert answer.status_code == 200, answer.content
        return answer.json()

    return get


def members_by_sql(*branches: Organization) -> int:
    """Members whose branch (or whose group's branch) is one of these, by plain SQL."""
    marks = ", ".join(["%s"] * len(branches))
    ids = [branch.pk for branch in branches]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM members_membership m JOIN organizations_organization o ON o.id = m.organization_id "  # noqa: S608 - marks only
            f"WHERE m.valid_to = '9999-12-31' AND (o.id IN ({marks}) OR o.parent_id IN ({marks}))",
            [*ids, *ids],
        )
        return int(cursor.fetchone()[0])


def figures_of(client, node: Organization, day=None) -> dict[str, int]:
    """The numbers on the whole page of the node; the list behind each holds as many rows."""
    query = {"cards": "1"} | ({"as_of": day} if day else {})
    answer = client.get(reverse("organizations:node", args=[node.pk]), query)
    assert answer.status_code == 200
    for fact in answer.context["facts"]:
        behind = client.get(fact.url)
        assert behind.status_code == 200, fact.url
        assert behind.context["page"].paginator.count == fact.number, (fact.url, fact.number)
    return {fact.name: fact.number for fact in answer.context["facts"]}


def test_from_the_roster_through_a_move_to_the_tree_of_yesterday(county, client_with, api_get, client):
    officer = client_with("county_admin", county)
    old, new = Organization.objects.filter(kind="community").order_by("code")[:2]
    stays = list(Organization.objects.filter(parent=old).order_by("code"))
    moved = stays.pop(0)
    before = {old: members_by_sql(moved, *stays), new: members_by_sql(*Organization.objects.filter(parent=new))}
    going = members_by_sql(moved)
    assert figures_of(officer, county)["党员"] == 151 and figures_of(officer, old)["党员"] == before[old]

    typed = {"parent": new.pk, "on": str(TODAY), "reason": "社区边界调整", "document_no": "临街发〔2026〕5号"}
    url = reverse("organizations:move", args=[moved.pk])
    preview = officer.post(url, typed)
    assert f"{moved.name}由{old.name}调整到{new.name}之下" in preview.content.decode()
    assert Organization.objects.get(pk=moved.pk).parent_id == old.pk
    assert officer.post(url, typed | {"confirm": "1"}).status_code == 302

    for node, today in ((old, before[old] - going), (new, before[new] + going)):
        assert figures_of(officer, node)["党员"] == today
        assert figures_of(officer, node, YESTERDAY)["党员"] == before[node]
        assert api_get("members", client, organization=node.pk)["count"] == today
        assert api_get("members", client, organization=node.pk, as_of=YESTERDAY)["count"] == before[node]
    assert figures_of(officer, county, YESTERDAY) == figures_of(officer, county)
    below = api_get("organizations", client, organization=old.pk, as_of=YESTERDAY)["results"]
    assert {row["id"] for row in below} == {old.pk, moved.pk, *[branch.pk for branch in stays]}
    assert {row["parent"] for row in below if row["id"] == moved.pk} == {old.pk}


def test_the_tree_and_the_log_are_whole_afterwards(county, settings, tmp_path):
    settings.AUDIT_HEAD_LOG = tmp_path / "head.log"
    audit.seal(now=timezone.now(), everything=True)

    assert check() == []
    assert audit.verify(now=timezone.now()).problems == ()
