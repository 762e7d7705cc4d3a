"""One's own jobs and how far each is."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linshu.jobs.models import Job

PAGE_SIZE = 20


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """One's own jobs, newest first."""
    page = Paginator(Job.objects.of(request.user.pk), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"page": page})


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """A job; htmx asks again for the progress alone, and is told to reload its page when the job has finished."""
    row = Job.objects.of(request.user.pk).get_or_refuse(pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "jobs/detail.html", {"job": row})
    response = render(request, "jobs/progress.html", {"job": row})
    if row.is_finished:
        response["HX-Refresh"] = "true"
    return response
