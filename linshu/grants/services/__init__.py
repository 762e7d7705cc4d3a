"""Who may act, and who gave him the right."""

from linshu.grants.services.actors import GrantedActor, actor_of

__all__ = ["GrantedActor", "actor_of"]
