"""The ``Idempotency-Key`` header of a request."""

import hashlib
import json
import re

from django.core.files.uploadedfile import UploadedFile
from rest_framework.request import Request

from linshu.rest.exceptions import BadQuery
from linshu.rest.services import Attempt

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,128}")


def attempt_of(request: Request) -> Attempt | None:
    """What the header claims; None without the header."""
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not KEY.fullmatch(key):
        raise BadQuery(f"{HEADER} 应为 1 至 128 个可见的 ASCII 字符，建议每个请求用一个新的 UUID。")
    asked = [request.method, request.path, request.data]
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=_of_file)
    return Attempt(int(request.user.pk or 0), key, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _of_file(file: UploadedFile) -> list[str]:
    """An uploaded file by its name and content; it is read again afterwards."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return [file.name or "", digest.hexdigest()]
