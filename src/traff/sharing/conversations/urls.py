from django.urls import path

from traff.sharing.conversations.views import conversations

urlpatterns = [
    path("conversations/<int:pk>/", conversations.conversation, name="conversation"),
]
