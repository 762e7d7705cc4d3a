"""The second factor: an authenticator bound by showing that it works (TOTP, RFC 6238)."""

import base64
from datetime import datetime
from urllib.parse import quote

import qrcode
from django.db import transaction
from django_otp import devices_for_user, verify_token
from django_otp.oath import TOTP
from django_otp.util import random_hex
from qrcode.image.svg import SvgPathImage

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.people.models import Authenticator, User
from linshu.scope import Actor

ISSUER = "临沭党建"
DRIFT_STEPS = 1  # a telephone's clock may be half a minute off
NAME = "手机验证器"


def new_key() -> str:
    """A fresh secret, in hexadecimal; it becomes a device only when a code has proved it."""
    return str(random_hex(20))


def secret_of(key: str) -> str:
    """The secret as people type it into an authenticator: Base32 in groups of four."""
    text = base64.b32encode(bytes.fromhex(key)).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def qr_code(*, user: User, key: str) -> str:
    """``data:`` address of the QR code an authenticator reads."""
    label = quote(f"{ISSUER}:{user.username}")
    secret = secret_of(key).replace(" ", "")
    image = qrcode.make(
        f"otpauth://totp/{label}?secret={secret}&issuer={quote(ISSUER)}", image_factory=SvgPathImage, border=2
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(image.to_string()).decode()}"


def device_of(user: User) -> Authenticator | None:
    """The authenticator the account has bound."""
    return next(devices_for_user(user), None)


@transaction.atomic
def bind_second_factor(*, user: User, key: str, code: str, by: Actor, now: datetime) -> Authenticator:
    """Bind the authenticator that shows the right code for the key."""
    user = User.objects.select_for_update().get(pk=user.pk)  # two windows must not bind two telephones
    if device_of(user) is not None:
        raise Conflict("这个账号已经绑定了验证器。换了手机的，请系统管理员先解除。")
    totp = TOTP(bytes.fromhex(key))
    totp.time = now.timestamp()
    if not (code.isascii() and code.isdigit() and totp.verify(int(code), tolerance=DRIFT_STEPS)):
        raise Invalid.field(
            "otp_token", "动态口令不对。请核对手机时间是否准确，等下一组数字出来再填。", rule="RFC 6238"
        )
    # The code just used is spent: it must not open a second session.
    device = Authenticator(user=user, name=NAME, confirmed=True, last_t=totp.t())
    device.key = key
    device.save()
    audit.record("people.second_factor_bound", by=by, subject=user, now=now)
    return device


def verify_second_factor(*, user: User, code: str) -> Authenticator:
    """The bound authenticator, if the code is right; django_otp slows guessing down."""
    device = device_of(user)
    verified = verify_token(user, device.persistent_id, code) if device else None
    if verified is None:
        raise Invalid.field("otp_token", "动态口令不对，或试得太快。请等下一组数字出来再填。", rule="RFC 6238")
    return verified
