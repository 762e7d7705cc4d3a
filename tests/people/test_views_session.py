"""Idle sessions end after 30 minutes; what was typed comes back to the same account and to nobody else."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path

from linshu.audit.models import Event
from linshu.people.models import User
from linshu.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 - Django reads them
from linshu.web.forms import Form, forms
from tests.factories import PASSWORD, UserFactory


class NoteForm(Form):
    title = forms.CharField()
    urgent = forms.BooleanField(required=False)


class OtherForm(Form):
    title = forms.CharField()
    place = forms.CharField()


PAGE = engines["django"].from_string("{% for m in messages %}{{ m }}{% endfor %}{{ note }}{{ other }}")


def note(request):
    form = NoteForm(request.POST or None)
    return TemplateResponse(request, PAGE, {"note": form, "other": OtherForm()})


urlpatterns = [*urlpatterns, path("note/", note), path("note/save/", note)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.people.test_views_session")]
BACKEND = "linshu.people.services.credentials.PasswordAndCode"


@pytest.fixture
def writer() -> User:
    return UserFactory(username="writer")


@pytest.fixture
def client(writer) -> Client:
    client = Client()
    client.force_login(writer, backend=BACKEND)
    client.get("/note/")
    return client


def leave(client: Client, minutes: float) -> None:
    session = client.session
    session["touched"] = time.time() - minutes * 60
    session.save()


def log_in(client: Client, username: str = "writer"):
    return client.post("/login/", {"username": username, "password": PASSWORD})


def test_a_short_pause_does_no_harm(client):
    leave(client, 29.9)

    assert client.get("/note/").status_code == 200


def test_a_long_pause_ends_the_session(client, writer):
    leave(client, 30)

    assert client.get("/note/").url == "/login/?next=/note/"
    assert Event.objects.filter(type="people.session_ended", actor_id=writer.pk).count() == 1


def test_the_session_is_touched_at_most_once_a_minute(client):
    leave(client, 0.5)
    before = client.session["touched"]
    client.get("/note/")
    assert client.session["touched"] == before

    leave(client, 1)
    before = client.session["touched"]
    client.get("/note/")
    assert client.session["touched"] > before


def test_what_was_typed_comes_back(client):
    leave(client, 45)
    body = {"title": "漏水报修", "urgent": "on", "csrfmiddlewaretoken": "x"}
    answer = client.post("/note/save/", body, headers={"referer": "http://testserver/note/?page=2"})
    assert answer.url.startswith("/login/")

    back = log_in(client)

    assert back.url == "/note/?page=2"
    html = client.get(back.url).content.decode()
    assert html.count('value="漏水报修"') == 1, "only the form that was typed in"
    assert "checked" in html and "已经填回" in html
    assert "漏水报修" not in client.get(back.url).content.decode(), "once"


def test_another_account_never_sees_it(client):
    UserFactory(username="other")
    leave(client, 45)
    client.post("/note/", {"title": "漏水报修"})

    assert log_in(client, "other").url == "/"
    assert "漏水报修" not in client.get("/note/").content.decode()
    client.post("/logout/")
    assert log_in(client).url == "/"


def test_passwords_are_not_kept_and_the_rest_is_sealed(client):
    leave(client, 45)
    client.post("/note/", {"title": "371399199001010011", "new_password": "Secret-2026"})

    decoded = [session.get_decoded() for session in Session.objects.all()]
    assert decoded[0]["kept_page"] == "/note/"
    assert "371399" not in str(decoded) and "Secret" not in str(decoded)


def test_a_page_of_another_site_is_not_returned_to(client):
    leave(client, 45)
    client.post("/note/", {"title": "x"}, headers={"referer": "http://evil.example/note/"})

    assert log_in(client).url == "/note/"


def test_a_page_whose_path_names_another_host_is_not_returned_to(client):
    leave(client, 45)
    client.post("/note/", {"title": "x"}, headers={"referer": "http://testserver//evil.example/note/"})

    assert not log_in(client).url.startswith("//")
