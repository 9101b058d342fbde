from django.urls import path

from traff.heart.matching import views

urlpatterns = [
    path("panel/", views.panel, name="panel"),
    path("traffar/", views.traffar, name="traffar"),
    path("suggestions/<int:pk>/answer/", views.answer, name="suggestion_answer"),
]
