"""What every part of the writer shares: the dice, the day, the keys given so far, what was written."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from django.db.models import Model
from django.utils import timezone

from linshu.audit import services as audit
from linshu.demo.rules.population import Population
from linshu.scope import SYSTEM

REASON = "写入演示数据"


@dataclass
class Maker:
    """``keys[model]`` counts the primary keys of a table that was empty."""

    random: Random
    population: Population
    now: datetime
    keys: dict[type[Model], Iterator[int]] = field(default_factory=lambda: defaultdict(lambda: count(1)))
    written: Counter[type[Model]] = field(default_factory=Counter)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def key(self, model: type[Model]) -> int:
        """The next primary key of the model."""
        return next(self.keys[model])

    def day(self, first: date, last: date) -> date:
        """Some day from ``first`` to ``last``; ``first`` where there is none between."""
        return first + timedelta(days=self.random.randrange(max((last - first).days, 0) + 1))

    def wrote(self, rows: int, model: type[Model]) -> None:
        """One event for the rows of a table written at once."""
        self.written[model] += rows
        data = {"what": str(model._meta.verbose_name), "count": rows}
        audit.record("demo.loaded", by=SYSTEM, label=REASON, reason=REASON, data=data, now=self.now)
