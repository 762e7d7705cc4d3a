"""Writing 党内职务. Every writer takes the tree lock: the node must not close, nor the post be filled, meanwhile."""

from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.parameters.services import values_on
from linshu.people.models import Person
from linshu.scope import Actor, Right, require
from organizations.models import OPEN_END, Organization, Post
from organizations.registry import standing_of
from organizations.rules import posts as rules
from organizations.rules.spans import check_end
from organizations.services.nodes import kind_on, today_of
from organizations.services.versions import check_version
from organizations.tree import tree_lock


def appoint(
    *,
    organization: Organization,
    person: Person,
    title: str,
    on: date,
    document_no: str = "",
    by: Actor,
    now: datetime,
) -> Post:
    """Give the person the title from ``on`` (rule book 1.2); Conflict when somebody else holds it."""
    require(by, Right.ORGANIZATIONS_EDIT, organization.pk)
    with tree_lock():
        post = Post(organization=organization, person=person, title=title, valid_from=on, document_no=document_no)
        _check(post, now=now)
        post.full_clean()
        post.save()
        record_post("organizations.post_appointed", post, by=by, now=now)
    return post


def relieve(*, post: Post, on: date, reason: str, by: Actor, now: datetime) -> Post:
    """End the post: ``on`` is the first day the person no longer holds it."""
    require(by, Right.ORGANIZATIONS_EDIT, post.organization_id)
    with tree_lock():
        post = _fresh(post)
        if post.valid_to != OPEN_END:
            raise Conflict(f"{post.person}已于 {post.valid_to} 免去{post.title}，不用重复办理。", code="post_ended")
        check_end(on, begun=post.valid_from, today=today_of(now))
        post.valid_to, post.reason = on, reason
        post.full_clean()
        post.save()
        record_post("organizations.post_relieved", post, by=by, now=now, reason=reason)
    return post


def correct(
    *,
    post: Post,
    title: str,
    valid_from: date,
    valid_to: date = OPEN_END,
    document_no: str,
    reason: str,
    version: str = "",
    by: Actor,
    now: datetime,
) -> Post:
    """Put right what was registered wrongly; the old values stay in the log.

    Conflict where somebody else changed it since ``version``.
    """
    require(by, Right.ORGANIZATIONS_EDIT, post.organization_id)
    if not reason:
        raise Invalid.field("reason", "更正须写明原因，审计日志会保留原来的内容。", rule="更正须有原因")
    with tree_lock():
        post = _fresh(post)
        check_version(post, version)
        was = {"was_title": post.title, "was_from": str(post.valid_from), "was_to": _end(post.valid_to)}
        if valid_to != OPEN_END:
            check_end(valid_to, begun=valid_from, today=today_of(now), field="valid_to")
        post.title, post.valid_from, post.valid_to, post.document_no = title, valid_from, valid_to, document_no
        _check(post, now=now)
        post.full_clean()
        post.save()
        record_post("organizations.post_corrected", post, by=by, now=now, reason=reason, **was, to=_end(valid_to))
    return post


def _fresh(post: Post) -> Post:
    return Post.objects.select_related("organization", "person").get(pk=post.pk)


def _end(day: date) -> str:
    return "" if day == OPEN_END else str(day)


def _check(post: Post, *, now: datetime) -> None:
    """Title, holder and room on the days of the post."""
    kind = kind_on(post.organization, post.valid_from, now=now)
    spec = rules.spec_of(kind, post.title)
    if post.person.died_on:
        raise Invalid.field("person", f"{post.person}已去世，不能任职。", rule="在世")
    standing = standing_of([post.person_id], post.valid_from).get(post.person_id)
    rules.check_holder(kind, spec, member=standing is not None, full=standing is not None and standing.is_full)
    posts = Post.objects.filter(
        organization=post.organization, valid_from__lt=post.valid_to, valid_to__gt=post.valid_from
    )
    others = list(posts.exclude(pk=post.pk).select_related("person"))
    rules.check_apart(post.person.name, post.title, {each.title for each in others if each.person_id == post.person_id})
    meanwhile = [each for each in others if each.title == post.title]
    if any(other.person_id == post.person_id for other in meanwhile):
        raise Conflict(f"{post.person}在这段时间已任{post.title}，不用重复任命。", code="post_held")
    most = int(values_on(post.valid_from)[spec.most_code]) if spec.most_code else spec.most
    rules.check_room(spec.title, [other.person.name for other in meanwhile], most)


def told(post: Post) -> dict[str, str]:
    """The post as its events tell it."""
    return {
        "organization": post.organization.name,
        "person": post.person.name,
        "title": post.title,
        "from": str(post.valid_from),
        "to": _end(post.valid_to),
        "document_no": post.document_no,
    }


def record_post(type_: str, post: Post, *, by: Actor, now: datetime, reason: str = "", **more: str) -> None:
    """The event of a post, in the words of its presenter."""
    data = told(post) | more
    audit.record(type_, by=by, subject=post, organization_id=post.organization_id, reason=reason, data=data, now=now)
