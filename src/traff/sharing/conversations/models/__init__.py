from traff.sharing.conversations.models.conversation import Conversation
from traff.sharing.conversations.models.meeting import Meeting
from traff.sharing.conversations.models.message import Line, Message
from traff.sharing.conversations.models.part import Part
from traff.sharing.conversations.models.worth import Worth

__all__ = ["Conversation", "Line", "Meeting", "Message", "Part", "Worth"]
