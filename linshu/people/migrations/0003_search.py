"""Indexes of the search by name and by pinyin; SQLite reads the whole table, which is quick where it is small."""

from django.db import migrations

STATEMENTS = {
    # which names hold a character: two or three of them meet in a handful of rows
    "person_characters": "USING gin (string_to_array(name::text, NULL))",
    # beginnings of the readings: zwh:* finds " zw zwh "
    "person_readings": "USING gin (to_tsvector('simple', name_initials::text))",
}


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, what in STATEMENTS.items():
            schema_editor.execute(f"CREATE INDEX {name} ON people_person {what}")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in STATEMENTS:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):

    dependencies = [("people", "0002_education_level")]

    operations = [migrations.RunPython(create, drop)]
