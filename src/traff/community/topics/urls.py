from django.urls import path

from traff.community.topics import views, views_tending

urlpatterns = [
    path("topics/", views.topics, name="topics"),
    path("propose-topic/", views_tending.proposal, name="topic_propose"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("topics/<str:slug>/sensitivity/", views.mark, {"is_sensitive": True}, name="topic_sensitive"),
    path("topics/<str:slug>/sensitivity/end/", views.mark, {"is_sensitive": False}, name="topic_not_sensitive"),
    path("topics/<str:slug>/names/", views_tending.names, name="topic_names"),
    path("topics/<str:slug>/merge/", views_tending.merging, name="topic_merge"),
]
