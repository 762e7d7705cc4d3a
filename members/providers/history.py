"""What a member's page and the API tell of his past: where he belonged, what he held, what was asked and done."""

from dataclasses import dataclass
from typing import Any

from linshu.audit.models import Event
from linshu.scope import Actor, Right, Scope
from members.models import ChangeRequest, Membership
from members.querysets.stays import Stay, stays_of
from organizations.models import Post

MOST = 30  # requests and events


@dataclass(frozen=True)
class History:
    """Newest first."""

    periods: list[Membership]
    posts: list[Post]
    requests: list[ChangeRequest]
    events: list[Event]

    @property
    def current(self) -> Membership | None:
        """The period in force."""
        return next((period for period in self.periods if period.is_open), None)

    @property
    def stays(self) -> list[Stay]:
        """The periods, each cut where its group went to another branch."""
        return stays_of(self.periods)


def history_of(membership: Any, actor: Actor) -> History:
    """All of it where the file is (``with_file``), or was when the member died; of who left, what was in scope."""
    scope, person = actor.scope(Right.MEMBERS_READ), membership.person_id
    periods = Membership.objects.filter(person=person).order_by("-valid_from").with_names()
    posts = Post.objects.filter(person=person).select_related("organization").order_by("-valid_from")
    requests = ChangeRequest.objects.filter(membership__person=person).order_by("-pk")
    if not (membership.has_file or _died_here(membership, scope)):
        periods, posts, requests = periods.within(scope), posts.within(scope), requests.within(scope)
    told = list(periods)
    return History(told, list(posts), list(requests[:MOST]), _events(told))


def _events(periods: list[Membership]) -> list[Event]:
    """What was done to the periods, those included that a death has voided."""
    deaths = Event.objects.about(*periods).filter(type="members.died")
    void = [key for event in deaths for key in event.data.get("void", ())]  # deaths of before have no such list
    return list(Event.objects.about(*periods, *(Membership(pk=key) for key in void))[:MOST])


def _died_here(membership: Membership, scope: Scope) -> bool:
    """A transfer takes the file along; after a death there is no place that it could have gone to."""
    died = membership.person.died_on
    if died is None:
        return False
    return Membership.objects.within(scope).filter(person=membership.person_id, valid_to=died).exists()
