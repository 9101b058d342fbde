from django.urls import path

from traff.sharing.conversations.views import conversations, meetings, messages, starting

urlpatterns = [
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/new/", starting.new, name="conversation_new"),
    path("conversations/people/", starting.people, name="conversation_people"),
    path("conversations/<int:pk>/", conversations.conversation, name="conversation"),
    path("conversations/<int:pk>/later/", conversations.later, name="conversation_later"),
    path("conversations/<int:pk>/end/", conversations.leave, name="conversation_end"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("messages/<int:pk>/withdrawal/", messages.withdrawal, name="message_withdrawal"),
    path("messages/<int:pk>/sending/end/", messages.undo, name="message_sending_end"),
    path("people/<slug:handle>/meeting/", meetings.propose, name="meeting_new"),
    path("meetings/<int:pk>/choice/", meetings.choice, name="meeting_choice"),
    path("meetings/<int:pk>/passing/", meetings.passing, name="meeting_passing"),
    path("meetings/<int:pk>/end/", meetings.end, name="meeting_end"),
    path("meetings/<int:pk>/worth/", meetings.worth, name="meeting_worth"),
    path("meetings/<int:pk>/calendar.ics", meetings.entry, name="meeting_calendar"),
]
