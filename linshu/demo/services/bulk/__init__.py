"""Demos of a county, a city and a province: planned by rules, written in bulk into an empty database.

The services that people use would take hours; what they guarantee is proved afterwards by ``checking``.
"""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from django.db import transaction
from django.utils import timezone

from linshu.demo.rules.landscape import Landscape
from linshu.demo.rules.population import Population
from linshu.demo.rules.sizes import Size
from linshu.demo.services.bulk.accounts import open_accounts
from linshu.demo.services.bulk.bodies import write_bodies, write_grids
from linshu.demo.services.bulk.loading import gather_statistics, settle
from linshu.demo.services.bulk.maker import Maker
from linshu.demo.services.bulk.nodes import write_nodes
from linshu.demo.services.bulk.posts import write_posts
from linshu.demo.services.bulk.roll import write_roll
from linshu.errors import Conflict
from linshu.people.models import Person, User
from organizations.models import Organization
from organizations.tree import tree_lock

SEED = 371399


def seed_bulk(*, size: Size, now: datetime, seed: int = SEED) -> Iterator[str]:
    """Write all of it or nothing, one sentence a county; Conflict where anything is registered already.

    The same seed gives the same people; only the nonces of the sealed fields differ.
    """
    random = Random(seed)  # noqa: S311 - fiction, not secrets
    maker = Maker(random, Population(random, timezone.localdate(now)), now)
    with transaction.atomic(), tree_lock():
        _require_empty()
        for number in range(1, size.counties + 1):
            landscape = _write_county(maker, size, number)
            yield f"已写入{landscape.nodes[0].short_name}：{size.organizations} 个组织、{size.members} 名党员。"
        settle(maker.written)
        open_accounts(now=now)
    gather_statistics()


def _write_county(maker: Maker, size: Size, number: int) -> Landscape:
    landscape = Landscape(size, number, (number - 1) * size.organizations + 1, maker.random)
    write_nodes(maker, landscape, tree_id=number)
    write_posts(maker, landscape, write_roll(maker, landscape, size))
    write_bodies(maker, landscape)
    write_grids(maker, landscape)
    return landscape


def _require_empty() -> None:
    for model in (Organization, Person, User):
        if model._base_manager.exists():
            raise Conflict(
                f"数据库里已有{model._meta.verbose_name}，没有写入演示数据。成批写入只用于空库：请另建一个数据库，执行 migrate 后再试。",
                code="not_empty",
            )
