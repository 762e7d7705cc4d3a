"""Foreign keys point down, and what people read is read in scope."""

import pytest
from django.apps import apps

from linshu.scope import NOTHING, Scope, ScopedQuerySet
from tests.architecture.source import PACKAGES, names_of

MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
LAYER = {name: depth for depth, layer in enumerate(names_of("picture")) for name in layer}

# Rows that hang on no organisation, with how they are kept from those who may not see them.
UNSCOPED = {
    "rest.IdempotencyKey": "looked up by the caller's own account only",
    "audit.Event": "the audit log is one: who holds audit.read sees all of it, nobody else any",
    "audit.Seal": "hashes only",
    "audit.Verification": "the verdicts on the whole log, shown with it",
    "workdays.CalendarYear": "public holidays are no secret",
    "workdays.CalendarDay": "public holidays are no secret",
    "parameters.Parameter": "rule numbers are no secret",
    "people.Person": "no page of its own: read through a membership, seat or account in scope",
    "people.Kinship": "read through the person",
    "people.User": "who manages accounts or grants sees all of them, nobody else any",
    "people.Authenticator": "looked up by its holder's own account only; its key is sealed",
    "people.PasswordRecord": "hashes, read by the password rule only",
    "files.StoredFile": "served below the address of the row that owns it, read in that row's scope",
    "jobs.Job": "listed for whoever started it only",
    "members.Export": "listed for whoever asked for it only",
    "people.ApiToken": "listed for its holder only",
}


def package_of(model) -> str:
    """The package in the picture that a model belongs to."""
    return apps.get_app_config(model._meta.app_label).name


def foreign_keys() -> list:
    """Every relation stored by a model of ours."""
    return [
        pytest.param(model, field, id=f"{model._meta.label}.{field.name}")
        for model in MODELS
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model in MODELS
    ]


@pytest.mark.parametrize(("model", "field"), foreign_keys())
def test_foreign_key_points_down(model, field):
    own, other = package_of(model), package_of(field.related_model)
    assert own == other or LAYER[own] < LAYER[other]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_is_read_in_scope_or_says_why_not(model):
    scoped = isinstance(model._default_manager.none(), ScopedQuerySet)
    assert scoped != (model._meta.label in UNSCOPED)


@pytest.mark.parametrize(
    "model",
    [model for model in MODELS if model._meta.label not in UNSCOPED],
    ids=lambda model: model._meta.label,
)
def test_within_reaches_the_tree(model, db, django_assert_num_queries):
    rows = model._default_manager.all()
    with django_assert_num_queries(1):
        assert list(rows.within(Scope(frozenset({1})))) == []
    assert rows.within(NOTHING).query.where, "the empty scope must filter"


def test_no_exception_is_stale():
    assert set(UNSCOPED) <= {model._meta.label for model in MODELS}
