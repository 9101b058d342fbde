"""The card on home for a question that waits, and what its asker sees."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from traff.community.people.faces import faces_of
from traff.heart.matching.unanswered import waiting_for, was_shown
from traff.sharing.content.models import Kind, Post


def waiting(context: dict[str, Any]) -> str:
    """`home.traffar`: one question that has no answer yet, and that one has written about or a colleague has passed on."""
    request = context["request"]
    asked = None if request.user.is_guest else waiting_for(request.user)
    if asked is None:
        return ""
    post = Post.objects.visible_to(request.user).with_people().get(pk=asked.entry.subject_id)
    asker = post.people()[0]
    faces = faces_of([asker, *([asked.by] if asked.by else [])])
    thinks = _("%(name)s thinks you may know.")
    values = {
        "post": post,
        "face": faces[asker.pk],
        "by": faces[asked.by_id] if asked.by_id else None,
        "lead": thinks % {"name": asked.by.get_short_name()} if asked.by else _("You have written about"),
        "reasons": [] if asked.by else asked.reasons,
        "pass_url": reverse("asked_pass", args=[asked.pk]),
        "not_me_url": reverse("asked_not_me", args=[asked.pk]),
    }
    return render_to_string("matching/asked.html", values, request)


def told_its_asker(context: dict[str, Any]) -> str:
    """`post.after`: that colleagues have been shown one's own question, while it has no answer; neither who nor how many."""
    request, post = context["request"], context["post"]
    if post.kind != Kind.QUESTION or not context.get("is_mine") or context["thread"].count or not was_shown(post):
        return ""
    return render_to_string("matching/shown_quietly.html", {}, request)
