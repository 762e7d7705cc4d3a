"""Print a set of fresh secrets in the form of an environment file."""

import base64
import secrets

for name in ("SECRET_KEY", "AUDIT_KEY", "INDEX_KEY"):
    print(f"{name}={secrets.token_urlsafe(48)}")
print(f"FIELD_KEYS=k1:{base64.b64encode(secrets.token_bytes(32)).decode()}")
