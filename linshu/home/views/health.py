"""For whoever watches over the machine: is the process alive, and is everything it needs there?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from linshu.home import services


@require_GET
@login_not_required
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
@login_not_required
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations, broker and scheduler are there, else 503 with what is missing."""
    now = timezone.now()
    missing = services.shortcomings(now=now)
    warnings = [] if "database" in missing or "migrations" in missing else services.warnings(now=now)
    answer = {"ready": not missing, "missing": missing, "warnings": warnings}
    return JsonResponse(answer, status=503 if missing else 200, json_dumps_params={"ensure_ascii": False})
