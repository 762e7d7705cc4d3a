"""A relation seen from the other side: whose parent I am is my child."""

_OTHER_SIDE = {"parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent"}


def seen_from(relation: str) -> str:
    """The same pair from the other side; spouses, siblings and in-laws are each other's."""
    return _OTHER_SIDE.get(relation, relation)
