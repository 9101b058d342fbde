from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from traff.community.people.directory import letters, page_of
from traff.community.people.forms import DirectoryForm
from traff.ground.accounts.requests import PersonRequest


@require_safe
def people(request: PersonRequest) -> HttpResponse:
    """Everybody the reader may list, by name, narrowed by what one knows of them."""
    form = DirectoryForm(request.GET, reader=request.user)
    at = {name: request.GET.get(name, "") for name in ("after", "before", "letter")}
    page = page_of(request.user, form.cleaned_data, **at) if form.is_valid() else None
    address, chosen = reverse("people"), form.in_address
    values = {
        "form": form,
        "page": page,
        "written_url": f"{reverse('search')}?{urlencode({'q': chosen.get('q', '')})}",
        "letter": at["letter"].upper(),
        "letters": letters(address, chosen),
        "previous_url": page and page.previous and f"{address}?{urlencode({**chosen, 'before': page.previous})}",
        "next_url": page and page.next and f"{address}?{urlencode({**chosen, 'after': page.next})}",
    }
    return render(request, "people/directory.html", values)
