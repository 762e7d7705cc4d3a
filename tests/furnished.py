"""A community with something of everything that pages and checks tell of."""

from datetime import date

from linshu.people.models import Kinship
from linshu.scope import SYSTEM
from organizations.models import OrganizationPeriod, Post
from organizations.rules.bodies import BodyKind
from organizations.rules.kinds import Kind
from organizations.services import bodies, grids, leads, seats, terms
from organizations.services.changes import NodeData
from organizations.services.founding import NewNode, establish_many
from tests.factories import MembershipFactory, PersonFactory

ON = date(2020, 6, 1)


def furnish(tree, number: int, now) -> None:
    """Below the street of the stage: branch, members, posts, term, lead, body with kin, grid."""
    tree.street.refresh_from_db()
    place = NewNode(
        NodeData(f"N-{number}", f"社区{number}", f"社区{number}", Kind.COMMUNITY), tree.street.code, date(2011, 1, 1)
    )
    branch = NewNode(
        NodeData(f"B-{number}", f"支部{number}", f"支部{number}", Kind.BRANCH), f"N-{number}", date(2011, 1, 1)
    )
    establish_many(nodes=[place, branch], reason="测试", by=SYSTEM, now=now)
    community, branch = (
        OrganizationPeriod.objects.get(name=name).organization for name in (f"社区{number}", f"支部{number}")
    )
    people = [each.person for each in MembershipFactory.create_batch(7, organization=branch)]
    for person, title in zip(people, ("书记", "组织委员", "宣传委员"), strict=False):
        Post.objects.create(organization=branch, person=person, title=title, valid_from=ON)
    terms.start_term(organization=branch, on=ON, by=SYSTEM, now=now)
    leads.appoint_lead(community=community, branch=branch, document_no="甲街〔2020〕1号", on=ON, by=SYSTEM, now=now)
    body = bodies.establish_body(community=community, kind=BodyKind.RESIDENTS_COMMITTEE, on=ON, by=SYSTEM, now=now)
    pair = sorted((PersonFactory(), PersonFactory()), key=lambda each: each.pk)
    for person in pair:
        seats.seat(body=body, person=person, title="委员", on=ON, by=SYSTEM, now=now)
    Kinship.objects.create(person=pair[0], relative=pair[1], relation="spouse")
    grids.create_grid(community=community, data=grids.GridData("01", "东至振兴路", 900), on=ON, by=SYSTEM, now=now)
