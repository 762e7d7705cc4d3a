"""Authenticators that django_otp kept with their secret in the open are taken over, sealed."""

from django.db import migrations

from linshu.people.sealing import seal

OLD = "otp_totp_totpdevice"
COLUMNS = ("user_id", "name", "confirmed", "key", "last_t", "drift")


def take_over(apps, schema_editor):
    """Move the rows, and drop the table: its app is no longer installed."""
    connection = schema_editor.connection
    if OLD not in connection.introspection.table_names():
        return
    model = apps.get_model("people", "Authenticator")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM {OLD} ORDER BY id")  # noqa: S608 - names of our own
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        key = row.pop("key")
        device = model(**row | {"confirmed": bool(row["confirmed"])})
        device.key_sealed = seal(key, owner=device.uuid, field="key")
        device.save()
    schema_editor.execute(f"DROP TABLE {OLD}")


class Migration(migrations.Migration):

    dependencies = [("people", "0005_authenticator")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
