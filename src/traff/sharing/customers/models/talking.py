"""Where two people who have been put in touch talk: one conversation, with its reason."""

from django.db import models

from traff.ground.accounts.models import Person
from traff.ground.core.addresses import address_of
from traff.ground.core.markup import from_plain
from traff.sharing.conversations.models import Conversation


class Talk(models.Model):
    """What may lead to a conversation."""

    talk = models.ForeignKey(Conversation, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    def begin_talk(self, by: Person, other: Person, *, reason: str, path: str, words: str = "") -> None:
        """Begun by `by`, with their first words if they have any. Where the two talk already it has one more reason.

        Told once: what led to it is told, and leads there.
        """
        self.talk = Conversation.between(by, [other], reason=reason, path=path, is_told=False)
        if words:
            self.talk.say(by, from_plain(words))
        self.save()

    @property
    def talk_path(self) -> str:
        """Its address, "" while there is none."""
        return address_of("conversation", self.talk_id) if self.talk_id else ""

    @property
    def talk_thread(self) -> str:
        """The bell tells of it together with what is said there."""
        return f"conversation/{self.talk_id}" if self.talk_id else ""
