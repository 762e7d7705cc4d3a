"""Appointing, relieving and correcting posts."""

from datetime import date

import pytest

from linshu.audit.models import Event
from linshu.audit.registry import present
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.scope import SYSTEM
from organizations.models import Post
from organizations.services import posts
from organizations.services.appointing import Appointment, appoint_many
from tests.factories import PersonFactory


@pytest.fixture
def appoint(now):
    def do(organization, person, title="书记", on=date(2026, 3, 1), by=SYSTEM, **kwargs):
        return posts.appoint(organization=organization, person=person, title=title, on=on, by=by, now=now, **kwargs)

    return do


def test_a_full_member_becomes_secretary_and_the_log_says_so(tree, appoint, full_member):
    post = appoint(tree.branch, full_member(tree.branch, "王一"), document_no="甲街〔2026〕3号")
    assert Post.objects.on(date(2026, 3, 1)).get() == post
    event = Event.objects.get(type="organizations.post_appointed")
    assert present(event.type, event.data) == "王一任乙社区第一支部书记，自 2026年3月1日起，文号 甲街〔2026〕3号。"


def test_a_probationary_member_is_refused(tree, appoint, full_member):
    person = full_member(tree.branch, probationary=True, full_on=None)
    with pytest.raises(Invalid) as refused:
        appoint(tree.branch, person)
    assert "预备党员" in refused.value.message
    assert refused.value.problems[0].field == "person"


def test_who_is_no_member_is_refused_in_a_branch_but_not_in_the_street(tree, appoint):
    with pytest.raises(Invalid):
        appoint(tree.branch, PersonFactory())
    assert appoint(tree.street, PersonFactory()).pk


def test_a_second_secretary_is_a_conflict_until_the_first_is_relieved(tree, appoint, full_member, now):
    first = appoint(tree.branch, full_member(tree.branch, "王一"))
    second = full_member(tree.branch, "李二")
    with pytest.raises(Conflict) as refused:
        appoint(tree.branch, second, on=date(2026, 5, 1))
    assert "王一" in refused.value.message
    posts.relieve(post=first, on=date(2026, 5, 1), reason="调离", by=SYSTEM, now=now)
    assert appoint(tree.branch, second, on=date(2026, 5, 1)).pk
    assert [post.person.name for post in Post.objects.on(date(2026, 4, 30))] == ["王一"]
    assert [post.person.name for post in Post.objects.on(date(2026, 5, 1))] == ["李二"]


def test_several_may_be_members_of_the_committee(tree, appoint, full_member):
    for name in ("王一", "李二", "赵三"):
        appoint(tree.branch, full_member(tree.branch, name), "委员")
    assert Post.objects.count() == 3


def test_nobody_is_secretary_and_deputy_of_one_organisation(tree, appoint, full_member, now):
    wang, later = full_member(tree.branch, "王一"), date(2026, 6, 1)
    first = appoint(tree.branch, wang)
    with pytest.raises(Invalid, match="王一在这段时间任书记，不能同时任副书记"):
        appoint(tree.branch, wang, "副书记", on=later)
    with pytest.raises(Invalid, match="不能同时任副书记"):
        appoint_many([Appointment(tree.branch, wang, "副书记", later)], by=SYSTEM, now=now)
    assert appoint(tree.branch, wang, "纪检委员", on=later).pk
    posts.relieve(post=first, on=later, reason="改任", by=SYSTEM, now=now)
    deputy = appoint(tree.branch, wang, "副书记", on=later)
    with pytest.raises(Invalid, match="不能同时任副书记"):
        fields = {"title": "副书记", "valid_from": date(2026, 5, 1), "document_no": "", "reason": "看错"}
        posts.correct(post=deputy, **fields, by=SYSTEM, now=now)


def test_two_rival_titles_in_one_batch_are_refused(tree, full_member, now):
    leader = full_member(tree.branch, "王一")
    pair = [Appointment(tree.branch, leader, title, date(2026, 3, 1)) for title in ("副书记", "书记")]
    with pytest.raises(Invalid, match="王一在这段时间任副书记，不能同时任书记"):
        appoint_many(pair, by=SYSTEM, now=now)
    assert not Post.objects.exists()


@pytest.mark.parametrize(("node", "title"), [("community", "书记"), ("branch", "组长"), ("group", "书记")])
def test_a_title_the_organisation_does_not_have_is_refused(tree, appoint, full_member, node, title):
    with pytest.raises(Invalid) as refused:
        appoint(getattr(tree, node), full_member(tree.branch), title)
    assert refused.value.problems[0].field == "title"


@pytest.mark.parametrize("on", [date(2026, 11, 25), date(2010, 4, 30)])
def test_not_in_the_future_and_not_before_the_organisation(tree, appoint, full_member, on):
    with pytest.raises(Invalid) as refused:
        appoint(tree.branch, full_member(tree.branch), on=on)
    assert refused.value.problems[0].field == "on"


def test_a_post_ends_once_and_after_it_began(tree, appoint, full_member, now):
    post = appoint(tree.branch, full_member(tree.branch))
    with pytest.raises(Invalid):
        posts.relieve(post=post, on=date(2026, 3, 1), reason="调离", by=SYSTEM, now=now)
    posts.relieve(post=post, on=date(2026, 3, 2), reason="调离", by=SYSTEM, now=now)
    with pytest.raises(Conflict):
        posts.relieve(post=post, on=date(2026, 3, 3), reason="调离", by=SYSTEM, now=now)


def test_a_correction_needs_a_reason_and_keeps_the_old_values_in_the_log(tree, appoint, full_member, now):
    post = appoint(tree.branch, full_member(tree.branch, "王一"))
    fields = {
        "post": post,
        "title": "副书记",
        "valid_from": date(2026, 2, 1),
        "document_no": "",
        "by": SYSTEM,
        "now": now,
    }
    with pytest.raises(Invalid):
        posts.correct(**fields, reason="")
    posts.correct(**fields, reason="任命文件看错")
    event = Event.objects.get(type="organizations.post_corrected")
    assert event.reason == "任命文件看错"
    assert "原登记为书记，自 2026年3月1日起" in present(event.type, event.data)


def test_only_with_the_right_and_in_scope(tree, appoint, full_member, actor_with):
    person = full_member(tree.branch)
    for actor in (actor_with("branch_secretary", tree.branch), actor_with("community_officer", tree.other_community)):
        with pytest.raises(NotPermitted):
            appoint(tree.branch, person, by=actor)
    assert appoint(tree.branch, person, by=actor_with("community_officer", tree.community)).pk
