"""Pages of the working calendar."""

from django.http import HttpRequest

from linshu.scope import Actor


class ActorRequest(HttpRequest):
    """A request behind the log-in: the middleware has made its actor."""

    actor: Actor
