import uuid
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Person
from traff.ground.files.limits import too_large
from traff.ground.files.models import TOO_LARGE, File
from traff.ground.organisation.models import zone_of
from traff.sharing.conversations.clock import three_times
from traff.sharing.conversations.models import Conversation, Meeting, Message
from traff.sharing.conversations.words import html_of

LONGEST = 20_000  # characters of one message


class MessageForm(forms.Form):
    """A message: Markdown, or simply words. Its key makes sure that it is said once, however often it is sent."""

    body = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=LONGEST,
        strip=False,
        error_messages={"required": gettext_lazy("There is nothing to read here yet.")},
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    use_required_attribute = False  # the server says what is missing, in the page's own words
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["body"].required = not self.files  # a file says enough
        self.initial.setdefault("key", uuid.uuid4())

    def send(self, conversation: Conversation, request: Any) -> Message | None:
        """Say it; None, with the errors told, when it cannot be."""
        try:
            files = received(request)
            said: dict[str, Any] = self.cleaned_data
            return conversation.say(request.user, html_of(said["body"]), key=said["key"], files=files)
        except ValidationError as wrong:
            self.add_error(None, wrong.messages)
        except PermissionDenied as refused:
            self.add_error(None, str(refused))
        return None


class TimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a clock; typed by hand it is "2026-11-27 09:30"."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"step": 300})


class MeetingForm(forms.Form):
    """Fifteen minutes: what about, when, where."""

    about = forms.CharField(label=gettext_lazy("What about"), max_length=200)
    first = forms.DateTimeField(label=gettext_lazy("First time"), widget=TimeInput())
    second = forms.DateTimeField(label=gettext_lazy("Second time"), widget=TimeInput(), required=False)
    third = forms.DateTimeField(label=gettext_lazy("Third time"), widget=TimeInput(), required=False)
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A room, the coffee machine, a phone."),
    )
    link = forms.URLField(
        label=gettext_lazy("Link to a video call"), max_length=500, required=False, assume_scheme="https",
        help_text=gettext_lazy("It begins with https://."),
    )  # fmt: skip
    reason = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    path = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Person, to: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by, self.to = by, to
        if not self.is_bound:
            proposed = three_times(zone_of(by), zone_of(to), timezone.now())
            self.initial.update(zip(("first", "second", "third"), proposed, strict=True))

    def times(self) -> list[forms.BoundField]:
        return [self["first"], self["second"], self["third"]]

    def propose(self, instead_of: Meeting | None) -> Meeting | None:
        """Ask; None, with the errors told, when it cannot be."""
        said: dict[str, Any] = self.cleaned_data
        times = [said[name] for name in ("first", "second", "third") if said.get(name)]
        rest = {name: said[name] for name in ("about", "place", "link", "reason", "path")}
        try:
            return Meeting.propose(by=self.by, to=self.to, times=times, instead_of=instead_of, **rest)
        except ValidationError as wrong:
            self.add_error(*_told(wrong))
        except PermissionDenied as refused:
            self.add_error(None, str(refused))
        return None

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise ValidationError(_("A link that begins with https://."))
        return link


def received(request: Any) -> list[File]:
    """The files of a form, taken in; raises ValidationError, saying what to do, when one of them cannot be."""
    if troubles := [f"{name}: {TOO_LARGE}" for name in too_large(request)]:
        raise ValidationError(troubles)
    return [File.receive(upload, by=request.user) for upload in request.FILES.getlist("uploads")]


def _told(wrong: ValidationError) -> tuple[str | None, Any]:
    """The field it is about, and the words."""
    named = {"times": "first", "about": "about"}
    for name, field in named.items():
        if name in getattr(wrong, "error_dict", {}):
            return field, wrong.message_dict[name]
    return None, wrong.messages
