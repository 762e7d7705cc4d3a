"""The security administrator's pages, and the roles explained to everybody."""

from django.http import HttpRequest

from linshu.people.models import User
from linshu.scope import Actor


class ActorRequest(HttpRequest):
    """A request behind the log-in."""

    user: User
    actor: Actor
