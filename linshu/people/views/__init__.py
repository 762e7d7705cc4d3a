"""Pages of accounts."""

from django.http import HttpRequest

from linshu.people.models import User
from linshu.scope import Actor


class AccountRequest(HttpRequest):
    """A request behind the log-in: the account, and the actor the middleware above has made of it."""

    user: User
    actor: Actor
