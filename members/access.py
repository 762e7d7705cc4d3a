"""Who may do what to a member, and who may take the register out, in words."""

from collections.abc import Iterable, Sequence

from linshu.scope import Actor, Right
from members.models import ChangeRequest, Export, Import, Membership
from members.rules.changing import State as RequestState
from members.rules.changing import Step, steps
from members.rules.facts import Keeper, free_for
from members.rules.importing import Action as ImportAction
from members.rules.importing import State as ImportState
from members.rules.importing import actions_in
from members.rules.keeping import Action, Hand, Member, Offer, State, offers, open_actions
from members.rules.register import Line

RIGHTS = {
    Hand.OFFICE: Right.MEMBERS_EDIT,
    Hand.BRANCH: Right.MEMBERS_PROPOSE,
    Hand.REVEALER: Right.MEMBERS_REVEAL,
    Hand.CORRECTOR: Right.ORGANIZATIONS_CORRECT,
}


def hands_of(actor: Actor, organization_id: int) -> frozenset[Hand]:
    """In which capacities the actor may act on members there."""
    return frozenset(hand for hand, right in RIGHTS.items() if actor.may(right, organization_id))


def state_of(membership: Membership | Line) -> State:
    """On the register, dead, or gone from this place."""
    if membership.is_open:
        return State.ON_ROLL
    died = membership.person.died_on
    return State.DEAD if died and membership.valid_to == died else State.LEFT


def offers_for(actor: Actor, membership: Membership, *, has_request: bool = False) -> list[Offer]:
    """The menu of the member: a row that has ended is nobody's to change, but for a death recorded wrongly."""
    member = Member(state_of(membership), membership.is_mobile, has_request)
    return list(offers(member, hands_of(actor, membership.organization_id)))


def allowed_actions(actor: Actor, membership: Membership | Line, *, has_request: bool = False) -> Sequence[Action]:
    """What the actor may do to the member now."""
    member = Member(state_of(membership), membership.is_mobile, has_request)
    return open_actions(member, hands_of(actor, membership.organization_id))


def writable_facts(actor: Actor, membership: Membership) -> frozenset[str]:
    """Facts that the actor changes on the page of corrections: sex follows the number, 流动 has pages with a day."""
    office = Hand.OFFICE in hands_of(actor, membership.organization_id)
    names = free_for(Keeper.OFFICE if office else Keeper.BRANCH) - {"sex", "is_mobile"}
    return names if membership.is_mobile else names - {"destination"}


def can_decide(actor: Actor, request: ChangeRequest) -> bool:
    """May the actor approve or return the request? Not his own (rule book 2.1: the community approves)."""
    own = request.requested_by_id is not None and request.requested_by_id == actor.user_id
    return not own and actor.may(Right.MEMBERS_APPROVE, request.organization_id)


def steps_for(actor: Actor, request: ChangeRequest) -> list[Step]:
    """Steps of the request that are open to the actor now."""
    own = request.requested_by_id is not None and request.requested_by_id == actor.user_id
    return list(steps(RequestState(request.state), decides=can_decide(actor, request), is_own=own))


def can_reveal(actor: Actor, membership: Membership) -> bool:
    """May the actor see identity number, phone and address in full? Only of a member on the register now, and with the right there."""
    return Action.REVEAL in allowed_actions(actor, membership)


def shows_full(actor: Actor, places: Iterable[int]) -> bool:
    """Does an export of these organisations show numbers, phones and addresses? Only with the right over all of them."""
    return all(actor.may(Right.MEMBERS_REVEAL, place) for place in places)


def fetchable(actor: Actor, exports: Sequence[Export]) -> set[int]:
    """Ids of the exports whose file the actor may have: the rights over what it holds are still there (grants end,
    files stay for some days). One query a right, however many exports."""
    places = {place for export in exports for place in export.places}
    plain = actor.scope(Right.MEMBERS_EXPORT).covered(places)
    full = plain & actor.scope(Right.MEMBERS_REVEAL).covered(places)
    return {export.pk for export in exports if set(export.places) <= (full if export.is_full else plain)}


def can_fetch(actor: Actor, export: Export) -> bool:
    """May the actor have the file of this export?"""
    return export.pk in fetchable(actor, [export])


def can_handle(actor: Actor, record: Import) -> bool:
    """May the actor see, confirm or discard the import? Who uploaded it, while he may import at all; and who may import
    everywhere in the lowest node that covers its branches."""
    if actor.user_id is not None and record.user_id == actor.user_id:
        return actor.may(Right.MEMBERS_IMPORT)
    if record.organization_id is None:
        return actor.scope(Right.MEMBERS_IMPORT).everything
    return actor.may(Right.MEMBERS_IMPORT, record.organization_id)


def can_reveal_asked(actor: Actor, request: ChangeRequest) -> bool:
    """May the actor see the identity number asked for in full? While it waits, and with the right to see numbers there."""
    asked = any(each["field"] == "id_number" for each in request.told)
    return request.is_open and asked and actor.may(Right.MEMBERS_REVEAL, request.organization_id)


def allowed_import_actions(actor: Actor, record: Import) -> list[ImportAction]:
    """What the actor may do to the import now: what waits is confirmed or discarded, what was left out is settled."""
    steps = actions_in(ImportState(record.state)) if can_handle(actor, record) else []
    return [each for each in steps if each != ImportAction.SETTLE or record.is_owing]
