"""What the process environment makes of the settings."""

from pathlib import Path

from linshu.environment import audit_head, sqlite


def test_two_databases_have_two_heads_of_the_audit_chain():
    """Else the chain of one would be taken for a forgery of the other's."""
    server = {"ENGINE": "django.db.backends.postgresql", "NAME": "linshu", "HOST": "10.0.0.8", "PORT": 5432}
    other = server | {"NAME": "try"}
    var = Path("var")

    assert audit_head(sqlite(Path("/srv/linshu.sqlite3")), var_dir=var) == Path("/srv/linshu.audit-head.log")
    assert audit_head(server, var_dir=var) == var / "linshu-10.0.0.8-5432.audit-head.log"
    assert audit_head(other, var_dir=var) != audit_head(server, var_dir=var)
