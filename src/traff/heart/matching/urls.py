from django.urls import path

from traff.heart.matching import interest_views, views, views_asked, views_listening, views_who

urlpatterns = [
    path("panel/", views.panel, name="panel"),
    path("posts/<int:pk>/beside/", views.others, name="beside"),
    path("search/knowers/", views_who.knowers, name="knowers"),
    path("traffar/", views.traffar, name="traffar"),
    path("me/interests/", interest_views.interests, name="interests"),
    path("me/interests/<int:pk>/lean/", interest_views.lean, name="interest_lean"),
    path("me/interests/said/<int:pk>/end/", interest_views.said_end, name="interest_said_end"),
    path("me/distance/", interest_views.distance, name="distance"),
    path("suggestions/<int:pk>/answer/", views.answer, name="suggestion_answer"),
    path("listening/", views_listening.listening, name="listening"),
    path("listening/<int:pk>/end/", views_listening.end, name="listening_end"),
    path("listening/<int:pk>/again/", views_listening.again, name="listening_again"),
    path("posts/<int:pk>/listening/end/", views_listening.end_post, name="listening_post_end"),
    path("asked/<int:pk>/not-me/", views_asked.not_me, name="asked_not_me"),
    path("asked/<int:pk>/pass/", views_asked.passing, name="asked_pass"),
]
