from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.sharing.conversations.models import Conversation


@require_safe
def conversation(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=pk)
    return render(request, "conversations/conversation.html", {"conversation": found})
