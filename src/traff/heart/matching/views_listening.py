"""What one listens for: one private list, where everything that listens can be stopped."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traff.ground.accounts.requests import PersonRequest
from traff.ground.search.models import Entry
from traff.heart.matching.listening import Listening, ListeningQuerySet
from traff.heart.matching.listens import listens_of
from traff.sharing.content.models import Post


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listening(request: PersonRequest) -> HttpResponse:
    """The list; POST begins to listen for words, which stand in no address and in no log."""
    _own(request)
    words, refused = request.POST.get("words", ""), ""
    if request.method == "POST":
        try:
            Listening.start(by=request.user, words=words)
        except ValidationError as error:
            refused = " ".join(error.messages)
    if request.method == "POST" and request.htmx:
        told = "matching/keep_listening.html" if refused else "matching/listens_now.html"
        return render(request, told, {"words": words, "refused": refused})
    if request.method == "POST" and not refused:
        messages.success(request, _("Träff listens from now on, and tells you once when a colleague writes about it."))
        return redirect("listening")
    rows = listens_of(request.user)
    asked, itself = [row for row in rows if row.is_asked], [row for row in rows if not row.is_asked]
    values = {"asked": asked, "itself": itself, "most": Listening.MOST, "words": words, "refused": refused}
    return render(request, "matching/listening.html", values)


@require_POST
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """Words or a draft no longer listen."""
    get_object_or_404(_own(request), pk=pk).stop()
    messages.success(request, _("Träff no longer listens for it."))
    return redirect("listening")


@require_POST
def again(request: PersonRequest, pk: int) -> HttpResponse:
    """What has told, or was stopped, listens on."""
    get_object_or_404(_own(request), pk=pk).listen_again()
    messages.success(request, _("Träff listens for it again."))
    return redirect("listening")


@require_POST
def end_post(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own question or update no longer listens."""
    _own(request)
    post = get_object_or_404(Post.objects.visible_to(request.user).of(request.user), pk=pk)
    Listening.stop_post(
        by=request.user, about=get_object_or_404(Entry.objects.visible_to(request.user), kind="post", subject_id=post.pk)
    )
    messages.success(request, _("Träff no longer listens for it."))
    return redirect("listening")


def _own(request: PersonRequest) -> ListeningQuerySet:
    """What one listens for; nobody does who is signed in for another."""
    if request.user.is_guest or request.user.is_impersonated:
        raise Http404
    return Listening.objects.of(request.user)
