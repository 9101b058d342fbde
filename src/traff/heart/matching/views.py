from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traff.community.people.faces import own_face
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.markup import from_markdown, to_text
from traff.ground.search.models import Entry
from traff.heart.matching.acting import answered, moved_up
from traff.heart.matching.fillings import WRITTEN, dial_of
from traff.heart.matching.models import Answer, Suggestion
from traff.heart.matching.reuse import beside, panel_for
from traff.heart.matching.suggest import is_due, look_for, standing_for
from traff.sharing.content.models import Post

LONGEST = 20_000  # characters of a text that are matched
THANKS = {
    Answer.USEFUL: _("Thank you. More like this."),
    Answer.NOT_NOW: _("Not now, then. It may come back in two weeks."),
    Answer.WRONG_TOPIC: _("Noted: not your topic."),
    Answer.KNOWN: _("Good, then you have met already."),
    Answer.HIDE: _("Hidden. It stays away for half a year."),
}


@require_POST
@never_cache
def panel(request: PersonRequest) -> HttpResponse:
    """Who has been where this text is heading. What is typed is used for this answer and kept nowhere."""
    title, text = request.POST.get("title", "")[:300], written_in(request.POST)
    values = {"me": own_face(request.user), "panel": panel_for(request.user, title, text), "text": f"{title}\n{text}"}
    return render(request, "matching/panel_answer.html", values)


@require_safe
@never_cache
def traffar(request: PersonRequest) -> HttpResponse:
    """Today's träffar: looked for anew when it is time; a page of its own without JavaScript."""
    if is_due(request.user):
        look_for(request.user)
    if "beside" in request.GET:  # home shows what stood; this is for the next visit
        return HttpResponse(status=204)
    values = {"me": own_face(request.user), "meetings": standing_for(request.user), **dial_of(request.user)}
    return render(request, "matching/traffar.html" if request.htmx else "matching/traffar_page.html", values)


@require_safe
@never_cache
def others(request: PersonRequest, pk: int) -> HttpResponse:
    """Others have been where this post is: beside its page, or a page of its own."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    entry = Entry.objects.visible_to(request.user).filter(kind="post", subject_id=pk).first()
    values = {"offers": beside(request.user, entry) if entry else []}
    return _later(request, "matching/beside.html", values, _("Others have been here"), post.get_absolute_url())


def _later(request: PersonRequest, template: str, values: dict[str, Any], word: Any, back: str) -> HttpResponse:
    if request.htmx:
        return render(request, template, values)
    return render(request, "matching/later_page.html", {**values, "made_with": template, "word": word, "back": back})


@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """What its receiver says of a suggestion; acted on at once, told to nobody. What was found already moves up."""
    suggestion = get_object_or_404(Suggestion.objects.visible_to(request.user), pk=pk)
    said = request.POST.get("answer", "")
    if said not in Answer.values:
        return HttpResponse(_("Choose one of the answers."), status=400, content_type="text/plain; charset=utf-8")
    answered(request.user, suggestion, said)
    if not request.htmx:
        return redirect("home")
    more = [] if said == Answer.USEFUL else moved_up(request.user)
    values = {"text": THANKS[Answer(said)], "me": own_face(request.user), "meetings": more}
    return render(request, "matching/answered.html", values)


def written_in(fields: Any) -> str:
    """The plain words of a composer's fields, Markdown or HTML."""
    texts = []
    for name in WRITTEN:
        if text := fields.get(name, "")[:LONGEST].strip():
            html = text if fields.get(f"{name}_format", fields.get("format")) == "html" else from_markdown(text)
            texts.append(to_text(html))
    return "\n".join(texts)
