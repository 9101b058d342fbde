from django.urls import path

from traff.heart.matching import interest_views, views

urlpatterns = [
    path("panel/", views.panel, name="panel"),
    path("posts/<int:pk>/beside/", views.others, name="beside"),
    path("search/knowers/", views.knowers, name="knowers"),
    path("traffar/", views.traffar, name="traffar"),
    path("me/interests/", interest_views.interests, name="interests"),
    path("me/interests/<int:pk>/lean/", interest_views.lean, name="interest_lean"),
    path("me/interests/said/<int:pk>/end/", interest_views.said_end, name="interest_said_end"),
    path("me/distance/", interest_views.distance, name="distance"),
    path("suggestions/<int:pk>/answer/", views.answer, name="suggestion_answer"),
]
