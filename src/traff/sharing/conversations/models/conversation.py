"""Two or more people talk. What is said in their circle stays in it: whoever comes later is in another conversation."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.community.people.models import known_to
from traff.ground.access.models import Audience, AudienceKind, Shared, SharedQuerySet
from traff.ground.accounts.models import Block, Person, PersonQuerySet
from traff.ground.activity.models import record
from traff.ground.core.addresses import address_of
from traff.ground.core.markup import storable
from traff.ground.files.models import File
from traff.sharing.conversations.models.part import Part, is_impersonated

if TYPE_CHECKING:
    from traff.sharing.conversations.models.message import Message

MOST = 40  # people in one conversation; more are a group


class ConversationQuerySet(SharedQuerySet):
    def of_exactly(self, people: Iterable[Person]) -> "ConversationQuerySet":
        """The one of these people and nobody else, whom nobody has left."""
        return self.filter(circle=circle_of(people))


class Conversation(Shared):
    """A closed audience whose members are the people who talk, and what they say."""

    circle = models.CharField(max_length=500, blank=True)  # its people's ids in order; "" once somebody has left
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ConversationQuerySet.as_manager()

    class Meta(Shared.Meta):
        verbose_name, verbose_name_plural = gettext_lazy("conversation"), gettext_lazy("conversations")
        constraints = [
            *Shared.Meta.constraints,
            models.UniqueConstraint(fields=["circle"], condition=~models.Q(circle=""), name="one_conversation_a_circle"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @classmethod
    @transaction.atomic
    def between(
        cls, by: Person, others: Iterable[Person], *, reason: str = "", path: str = "", is_told: bool = True
    ) -> "Conversation":
        """The conversation of exactly these people, started when there is none.

        `reason` is one line on why ("because of your case …"), `path` an address on this site that it leads to; in a
        conversation that stands already it is added as a quiet line. `is_told`: False where the deed that leads here is told
        itself, so that one click rings once. Raises PermissionDenied, with the reason in words,
        when somebody among them cannot be written to.
        """
        people = list({person.pk: person for person in [by, *others]}.values())
        if is_impersonated(by):
            raise PermissionDenied(_("Nobody writes in another person's name."))
        everything = cls.objects.unrestricted("whether these people talk already")
        conversation = everything.of_exactly(people).first() or cls._start(by, people, is_told=is_told)
        if reason.strip():
            conversation.give_reason(by, reason, path)
        return conversation

    @classmethod
    def _start(cls, by: Person, people: Sequence[Person], *, is_told: bool) -> "Conversation":
        check_reachable(by, people)
        try:
            with transaction.atomic():
                audience = Audience.objects.create(kind=AudienceKind.CONVERSATION)
                conversation = cls(audience=audience, circle=circle_of(people), started_by=by)
                conversation.save()
        except IntegrityError:  # the same people, at the same moment
            standing: Conversation = cls.objects.unrestricted("started by another of them").of_exactly(people).get()
            return standing
        for person in people:
            audience.add(person)
            heard = conversation.started_at if person == by else None
            Part.objects.create(conversation=conversation, person=person, heard_at=heard, read_at=conversation.started_at)
        if is_told:
            record(actor=by, verb="conversation.started", kind="conversation", subject=conversation, audience=audience)
        return conversation

    @transaction.atomic
    def say(self, by: Person, body: str, *, key: UUID | None = None, files: Sequence[File] = ()) -> "Message":
        """Write in it: HTML, cleaned here. The same words with the same `key` are the same message.

        Raises ValidationError when there is nothing to read, PermissionDenied, in words, when nobody can be reached.
        """
        from traff.sharing.conversations.models.message import Message

        self.lock()
        self.check_open_to(by)
        html = Message.clean_body(body)
        sent = Message.objects.unrestricted("sent twice").filter(conversation=self, author=by, key=key).first() if key else None
        if sent is not None and sent.body == html and not sent.withdrawn_at:
            return sent
        message = Message.write(self, by=by, html=html, key=None if sent else key, files=files)
        record(actor=by, verb="message.sent", kind="message", subject=message, audience=self.audience, at=message.at)
        return message

    def give_reason(self, by: Person, reason: str, path: str = "") -> None:
        """A quiet line on why one writes now; the same as the last one is not said twice."""
        from traff.sharing.conversations.models.message import Line, Message

        words, path = storable(reason).strip()[:300], path if is_own(path) else ""
        lines = Message.objects.unrestricted("whether it was just said").filter(conversation=self, line=Line.REASON)
        last = lines.order_by("-id").first()
        if last is None or (last.body, last.path, last.author_id) != (words, path, by.pk):
            Message.put(Message(conversation=self, author=by, line=Line.REASON, body=words, path=path))

    @transaction.atomic
    def leave(self, person: Person) -> None:
        """Out at once; what was said stays readable to those who are left, and is not told anew to anybody."""
        from traff.sharing.conversations.models.message import Line, Message

        self.lock()  # by a double click one leaves once
        if not Part.objects.of(person).filter(conversation=self).exists():
            raise PermissionDenied(_("You are not in this conversation."))
        Message.put(Message(conversation=self, author=person, line=Line.LEFT), moves_clock=False)
        self.audience.remove(person)
        Part.objects.filter(conversation=self, person=person).update(left_at=timezone.now())
        type(self).objects.unrestricted("its circle is another").filter(pk=self.pk).update(circle="")

    def mark_read(self, person: Person, *, until: datetime) -> None:
        """Up to the last line that was shown: what comes in this moment stays new. A private deed: nobody else learns of it."""
        Part.objects.of(person).filter(conversation=self, read_at__lt=until).update(read_at=until)

    def check_open_to(self, person: Person) -> None:
        """Raises PermissionDenied, in words, when this person cannot write here now. A block by another is never told."""
        if is_impersonated(person) or not self.audience.is_read_by(person):
            raise PermissionDenied(_("You are not in this conversation."))
        if why := self.why_closed_to(person):
            raise PermissionDenied(why)

    def why_closed_to(self, person: Person) -> str:
        """Why one of its people can reach nobody here, in words; "" when somebody can be reached."""
        others = list(self.people().exclude(pk=person.pk))
        if not others:
            return _("Nobody else is left in this conversation. What was said stays here for you to read.")
        if not any(other.is_active for other in others):
            return _("%(name)s no longer works here.") % {"name": others[0].name}
        blocked = set(Block.objects.filter(blocker=person, blocked__in=others).values_list("blocked_id", flat=True))
        if all(other.pk in blocked for other in others):
            return _("You have blocked %(name)s. Take back the block to write.") % {"name": others[0].name}
        return ""

    def people(self) -> PersonQuerySet:
        """Who is in it now, also those who have left the organisation."""
        members: PersonQuerySet = Person.objects.filter(memberships__audience=self.audience_id)
        return members

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """Its people; never somebody who is signed in for one of them."""
        return models.Q(**{f"{prefix}pk__in": []}) if is_impersonated(person) else super().readable_q(person, prefix)

    def lock(self) -> None:
        """One writes after the other, so that the order of messages is the order of their ids."""
        type(self).objects.unrestricted("one after the other").select_for_update().filter(pk=self.pk).first()

    def get_absolute_url(self) -> str:
        return address_of("conversation", self.pk)


def circle_of(people: Iterable[Person]) -> str:
    return ",".join(str(pk) for pk in sorted({person.pk for person in people}))


def is_own(path: str) -> bool:
    """Whether it is an address on this site."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and len(path) <= 300


def check_reachable(by: Person, people: Sequence[Person]) -> None:
    """Raises PermissionDenied, in words, when `by` cannot start a conversation of these people."""
    others = [person for person in people if person.pk != by.pk]
    if not by.is_active or not others:
        raise PermissionDenied(_("A conversation needs somebody to talk to."))
    if len(people) > MOST:
        raise PermissionDenied(_("A group suits so many people better. Start one, and write there."))
    for person in others:
        if not person.is_active:
            raise PermissionDenied(_("%(name)s no longer works here.") % {"name": person.name})
    for guest in (person for person in people if person.is_guest):
        ids = [person.pk for person in people]
        if known_to(guest).filter(pk__in=ids).count() < len(ids):
            raise PermissionDenied(_("Guests can only be written to by people they share a group with."))
