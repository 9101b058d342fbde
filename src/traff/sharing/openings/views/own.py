"""What each keeps for oneself. No message is left in the session either: it would stand there in plain words."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.redirects import back
from traff.sharing.openings.cards import cards
from traff.sharing.openings.door import opening_for
from traff.sharing.openings.forms import WishForm
from traff.sharing.openings.models import Opening, PutAway, Saved, Wish
from traff.sharing.openings.page import waiting_for
from traff.sharing.openings.wording import wish_in_words


@require_POST
def save(request: PersonRequest, opening_id: int) -> HttpResponse:
    """Keep it, for my eyes alone."""
    opening = opening_for(request.user, opening_id)
    Saved.keep(by=request.user, opening=opening)
    return back(request, opening)


@require_POST
def unsave(request: PersonRequest, opening_id: int) -> HttpResponse:
    opening = opening_for(request.user, opening_id)
    Saved.drop(by=request.user, opening=opening)
    return back(request, opening)


@require_POST
def put_away(request: PersonRequest, opening_id: int) -> HttpResponse:
    """Not on my home page any more."""
    PutAway.keep(by=request.user, opening=opening_for(request.user, opening_id))
    return back(request, "home")


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Saved, wished for, published; a new wish goes by POST."""
    form = WishForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            Wish.state(by=request.user, **form.cleaned_data)
            return redirect("openings_mine")
        except ValidationError as refused:
            form.add_error(None, refused)
    openings = Opening.objects.visible_to(request.user).with_beside()
    wishes = [(wish, wish_in_words(wish)) for wish in Wish.objects.visible_to(request.user).select_related("place", "topic")]
    kept = Saved.objects.visible_to(request.user).values("opening")
    values = {
        "form": form,
        "saved": cards(openings.filter(pk__in=kept).newest_first()),
        "published": cards(openings.of(request.user).newest_first(), waiting=waiting_for(request.user)),
        "wishes": wishes,
    }
    return render(request, "openings/mine.html", values)


@require_POST
def end_wish(request: PersonRequest, wish_id: int) -> HttpResponse:
    Wish.objects.visible_to(request.user).filter(pk=wish_id).delete()
    return redirect("openings_mine")
