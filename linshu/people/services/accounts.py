"""Accounts: opened, disabled and rescued by the system administrator, who gives no rights (that is grants)."""

from datetime import datetime

from axes.utils import reset
from django.db import transaction
from django_otp import devices_for_user

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.people.access import require_manager
from linshu.people.models import ApiToken, Person, User
from linshu.people.rules import accounts as rules
from linshu.people.rules import passwords
from linshu.people.rules.names import person_name
from linshu.people.sealing import blind_index
from linshu.people.services.passwords import policy, set_password
from linshu.people.services.tokens import revoke_token
from linshu.scope import Actor, Right, require


@transaction.atomic
def create_account(*, full_name: str, username: str, by: Actor, now: datetime) -> tuple[User, str]:
    """A new account and its first password, which is told only now and has to be changed at the first log-in."""
    require(by, Right.ACCOUNTS_MANAGE)
    name = rules.username(username)
    if User.objects.filter(username__iexact=name).exists():
        raise Invalid.field("username", f"用户名 {name} 已有人使用，请换一个。", rule="USERNAME", value=name)
    password = passwords.first_password(policy())
    user = User(username=name, full_name=person_name(full_name))
    user.full_clean(exclude=["password"])
    set_password(user, password, must_change=True, now=now)
    audit.record("people.account_created", by=by, subject=user, data={"account": name}, now=now)
    return user, password


@transaction.atomic
def disable_account(*, account: User, reason: str, by: Actor, now: datetime) -> None:
    """No log-in, no session, no token from now on; grants stay and count again when it is enabled."""
    user = _lock(account, by)
    if not user.is_active:
        raise Conflict("这个账号已经停用。")
    _switch(user, active=False)
    _record("people.account_disabled", user, reason, by, now)


@transaction.atomic
def enable_account(*, account: User, reason: str, by: Actor, now: datetime) -> None:
    """The account may log in again."""
    user = _lock(account, by)
    if user.is_active:
        raise Conflict("这个账号没有停用，不需要启用。")
    _switch(user, active=True)
    _record("people.account_enabled", user, reason, by, now)


@transaction.atomic
def reset_password(*, account: User, reason: str, by: Actor, now: datetime) -> str:
    """A new first password, told only now; every session and token of the account ends with the old one."""
    user = _lock(account, by)
    password = passwords.first_password(policy())
    _record("people.password_reset", user, reason, by, now)
    set_password(user, password, must_change=True, now=now)
    for token in ApiToken.objects.usable(now).filter(user=user):
        revoke_token(token=token, by=by, now=now)
    return password


@transaction.atomic
def reset_second_factor(*, account: User, reason: str, by: Actor, now: datetime) -> None:
    """Forget the authenticator of a lost telephone; where the role demands one, the next log-in binds a new one."""
    user = _lock(account, by)
    devices = list(devices_for_user(user, confirmed=None))
    if not devices:
        raise Conflict("这个账号没有绑定验证器，不需要解除。")
    for device in devices:
        device.delete()
    _record("people.second_factor_reset", user, reason, by, now)


@transaction.atomic
def unlock_account(*, account: User, reason: str, by: Actor, now: datetime) -> None:
    """Forget failed log-ins from every address."""
    user = _lock(account, by)
    if not reset(username=user.username):
        raise Conflict("这个账号没有登录失败的记录，不需要解锁。")
    _record("people.account_unlocked", user, reason, by, now)


def _lock(account: User, by: Actor) -> User:
    require_manager(by, account)
    return User.objects.select_for_update().get(pk=account.pk)


def _switch(user: User, *, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])


def _record(type_: str, user: User, reason: str, by: Actor, now: datetime) -> None:
    why = rules.reason(reason)
    audit.record(type_, by=by, subject=user, reason=why, data={"account": user.username}, now=now)


@transaction.atomic
def link_person(*, account: User, id_number: str, by: Actor, now: datetime) -> User:
    """Tell which person an account is. Name and number must both fit; nothing is told of a person who does not.

    Security's business, not the system administrator's: the link opens the person's own rows to the account.
    """
    require(by, Right.GRANTS_MANAGE)
    if by.user_id == account.pk:
        raise NotPermitted("不能给自己的账号对应人员。请由另一位安全管理员办理。")
    user = User.objects.select_for_update().get(pk=account.pk)
    if user.person_id is not None:
        raise Conflict("这个账号已经对应到本人。账号换人使用的，请停用后另建账号。")
    index = blind_index(id_number.strip().upper(), purpose="id_number")
    person = Person.objects.filter(id_number_index=index, name=user.full_name).first() if index else None
    if person is None:
        raise Invalid.field("id_number", "没有姓名、证号都相符的人员。请核对账号的姓名和证号。", rule="LINK")
    if User.objects.filter(person=person).exclude(pk=user.pk).exists():
        raise Conflict("这个人已经有对应的账号，一人一个。")
    user.person = person
    user.save(update_fields=["person"])
    data = {"account": user.username, "id_number": person.id_number_masked}
    audit.record("people.person_linked", by=by, subject=user, data=data, now=now)
    return user
