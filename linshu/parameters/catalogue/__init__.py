"""Every number of the rule book that a law fixes or the project chose, by area. Seeded once; changed by dated versions."""

from linshu.parameters.catalogue import (
    appraisal,
    decisions,
    education,
    membership,
    organization,
    party_life,
    reminding,
    residents,
    security,
    serving,
)
from linshu.parameters.rules.definitions import Definition

DEFINITIONS: tuple[Definition, ...] = (
    *organization.DEFINITIONS,
    *membership.DEFINITIONS,
    *party_life.DEFINITIONS,
    *decisions.DEFINITIONS,
    *residents.DEFINITIONS,
    *appraisal.DEFINITIONS,
    *education.DEFINITIONS,
    *serving.DEFINITIONS,
    *reminding.DEFINITIONS,
    *security.DEFINITIONS,
)
CATALOGUE: dict[str, Definition] = {definition.code: definition for definition in DEFINITIONS}
AREAS: tuple[str, ...] = tuple(dict.fromkeys(definition.area for definition in DEFINITIONS))
