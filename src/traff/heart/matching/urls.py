from django.urls import path

from traff.heart.matching import views

urlpatterns = [
    path("panel/", views.panel, name="panel"),
    path("posts/<int:pk>/beside/", views.others, name="beside"),
    path("search/knowers/", views.knowers, name="knowers"),
    path("traffar/", views.traffar, name="traffar"),
    path("suggestions/<int:pk>/answer/", views.answer, name="suggestion_answer"),
]
