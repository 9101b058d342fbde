from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traff.attention.stream.home import Tab, stream_for
from traff.attention.stream.shown import shown
from traff.ground.accounts.requests import PersonRequest


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    asked = request.GET.get("tab", "")
    tab = Tab(asked) if asked in set(Tab) else Tab.MINE
    stream = stream_for(request.user, tab=tab, cursor=request.GET.get("before", ""))
    return render(request, "stream/home.html", shown(stream, request.user))
