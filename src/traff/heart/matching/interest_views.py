"""One's interests and the dial: each choice private, told to nobody. The dial acts at once, the rest at the next look."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traff.community.people.faces import own_face
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.redirects import back
from traff.heart.matching.acting import look_elsewhere
from traff.heart.matching.fillings import dial_of
from traff.heart.matching.interest import OWN_WORDS, Distance, Lean, Leaning, Said
from traff.heart.matching.interest_page import bundle_called, lines_of, resting
from traff.heart.matching.models import Looked
from traff.heart.matching.suggest import standing_for

TURNED = {
    True: gettext_lazy("Looked anew, at the distance you chose."),
    False: gettext_lazy("Looked anew: the same ones fit best at this distance."),
}


class OwnWords(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Words of your own"),
        help_text=gettext_lazy("What you are curious about and have not written of. Empty it to take it away."),
        max_length=OWN_WORDS,
        required=False,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: PersonRequest) -> HttpResponse:
    """What one is interested in, as Träff understands it; POST keeps words of one's own."""
    leaning = Leaning.of(request.user)
    form = OwnWords(request.POST if request.method == "POST" else None, initial={"words": leaning.own_words})
    if request.method == "POST" and form.is_valid():
        leaning.own_words = " ".join(form.cleaned_data["words"].split())
        leaning.save()
        return _acted(request, _("Saved. Your words count from now on."))
    lines = lines_of(request.user)
    values = {"lines": lines, "form": form, "resting": resting(request.user, lines), "distance": leaning.step()}
    return render(request, "matching/interests.html", {**values, "distances": list(Distance)})


@require_POST
def lean(request: PersonRequest, pk: int) -> HttpResponse:
    """More, less, not this; or as it is again."""
    bundle, said = bundle_called(request.user, pk), request.POST.get("lean", "")
    if bundle is None or said not in Lean.values:
        messages.warning(request, _("That one has changed since you looked. Here is how it stands now."))
        return redirect("interests")
    Said.say(request.user, bundle, said)
    return _acted(request, _("Noted. It counts from your next träffar on."))


@require_POST
def said_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget what one said of an interest that one no longer writes of."""
    get_object_or_404(Said, pk=pk, person=request.user).delete()
    return _acted(request, _("Forgotten."))


@require_POST
def distance(request: PersonRequest) -> HttpResponse:
    """The dial: nearer or farther, and at once; in place where the träffar stand."""
    wish = request.POST.get("distance", "")
    if wish not in {str(value) for value in Distance.values}:
        return HttpResponse(_("Choose one of the five."), status=400, content_type="text/plain; charset=utf-8")
    leaning = Leaning.of(request.user)
    leaning.distance = int(wish)
    leaning.save()
    said = TURNED[look_elsewhere(request.user)]
    if not request.htmx:
        messages.success(request, said)
        return back(request, "home")
    values = {"me": own_face(request.user), "meetings": standing_for(request.user), **dial_of(request.user), "said": said}
    return render(request, "matching/traffar.html", values)


def _acted(request: PersonRequest, said: str) -> HttpResponse:
    """At the next visit it is looked for anew."""
    Looked.objects.filter(person=request.user).delete()
    messages.success(request, said)
    return redirect("interests")
