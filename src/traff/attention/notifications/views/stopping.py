from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from traff.attention.notifications.models import StopLink


@login_not_required
@csrf_exempt  # a mail program posts it by itself, without a session (RFC 8058); the token is what permits
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The way out of a mail. To open it shows, to post it acts: mail scanners open every link."""
    link = StopLink.named(token)
    if link and request.method == "POST":
        link.act()
    values = {"link": link, "is_stopped": request.method == "POST", "is_weekly": link and link.stops == StopLink.Stops.WEEKLY}
    return render(request, "notifications/stop.html", values, status=200 if link else 404)
