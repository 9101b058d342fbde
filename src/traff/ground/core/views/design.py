from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from traff.ground.core.specimens import specimens


@login_not_required
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """The living page of the look: every part, both themes, with invented people. `?lang=sv` chooses the language."""
    language = request.GET.get("lang", "")
    with translation.override(language if language in {"sv", "en"} else translation.get_language()):
        sides = [specimens(side) for side in ("light", "dark")]
        return render(request, "core/design.html", {"sides": sides, "sections": SECTIONS})


SECTIONS = ["colours", "people", "groups", "posts", "suggestions", "writing", "replies", "who", "lists", "controls", "messages"]
