"""Where two people who have been put in touch talk: one conversation, with its reason."""

from traff.ground.accounts.models import Person
from traff.ground.core.markup import from_plain
from traff.sharing.conversations.models import Conversation


def talk_between(by: Person, other: Person, *, reason: str, path: str, words: str = "") -> str:
    """Begun by `by`, with their first words if they have any; its address. Again it is the same one, with one more reason."""
    conversation = Conversation.between(by, [other], reason=reason, path=path)
    if words:
        conversation.say(by, from_plain(words))
    return conversation.get_absolute_url()


def thread_of(talk_path: str) -> str:
    """The bell tells of it together with what is said there."""
    return talk_path.strip("/").replace("conversations/", "conversation/")
