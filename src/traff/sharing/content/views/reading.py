from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from traff.ground.accounts.models import Person
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.prepared import first_or_404, prepared
from traff.sharing.content.cards import cards
from traff.sharing.content.models import Post
from traff.sharing.content.paging import page_of
from traff.sharing.content.reader import page_for
from traff.sharing.content.revisions import history_of


@prepared
def _readable(pk: int, reader: Person) -> QuerySet[Post]:
    found: QuerySet[Post] = Post.objects.visible_to(reader).filter(pk=pk).with_people()
    return found


@require_safe
@vary_on_headers("HX-Request")
def post(request: PersonRequest, pk: int) -> HttpResponse:
    """A post and its thread; with htmx the next replies alone."""
    found = first_or_404(_readable(pk, request.user))
    values = page_for(found, request.user, page=request.GET.get("page", ""), at_reply=request.GET.get("reply", ""))
    is_part = request.htmx and not (request.htmx.boosted or request.htmx.history_restore_request)
    template = "content/parts/replies.html" if is_part else "content/post.html"
    return render(request, template, values)


@require_safe
def revisions(request: PersonRequest, pk: int) -> HttpResponse:
    """When it was edited and by whom, for everybody who reads it; what it said before, for its authors."""
    found = get_object_or_404(Post.objects.visible_to(request.user).with_people(), pk=pk)
    values = {"post": found, "versions": history_of(found, request.user), "is_mine": found.is_by(request.user)}
    return render(request, "content/revisions.html", values)


@require_safe
def cases(request: PersonRequest) -> HttpResponse:
    """All work that others can build on."""
    page = page_of(Post.objects.visible_to(request.user).cases(), request.GET.get("before", ""))
    values = {"cards": cards(page.posts, request.user), "older": page.older}
    return render(request, "content/cases.html", values)


@require_safe
def questions(request: PersonRequest) -> HttpResponse:
    """Open questions, the answered ones behind a tab."""
    answered = request.GET.get("state") == "answered"
    asked = Post.objects.visible_to(request.user).asked()
    page = page_of(asked.answered() if answered else asked.unanswered(), request.GET.get("before", ""))
    tabs = [
        {"word": pgettext("questions", "Unanswered"), "url": "?", "is_here": not answered},
        {"word": pgettext("questions", "Answered"), "url": "?state=answered", "is_here": answered},
    ]
    values = {"cards": cards(page.posts, request.user), "older": page.older, "tabs": tabs, "answered": answered}
    return render(request, "content/questions.html", values)
