from django.urls import path

from traff.community.topics import views

urlpatterns = [
    path("topics/", views.topics, name="topics"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("topics/<str:slug>/sensitivity/", views.mark, {"is_sensitive": True}, name="topic_sensitive"),
    path("topics/<str:slug>/sensitivity/end/", views.mark, {"is_sensitive": False}, name="topic_not_sensitive"),
]
