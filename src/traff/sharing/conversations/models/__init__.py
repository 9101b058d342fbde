from traff.sharing.conversations.models.conversation import Conversation, Part
from traff.sharing.conversations.models.meeting import Meeting, Worth
from traff.sharing.conversations.models.message import Line, Message

__all__ = ["Conversation", "Line", "Meeting", "Message", "Part", "Worth"]
