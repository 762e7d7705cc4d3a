"""Pages of accounts."""

from linshu.people.models import User
from linshu.web.views import ActorRequest


class AccountRequest(ActorRequest):
    """A request behind the log-in: the account, and the actor the middleware above has made of it."""

    user: User
