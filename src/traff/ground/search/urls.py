from django.urls import path

from traff.ground.search import views

urlpatterns = [
    path("search/", views.results, name="search"),
    path("search/complete/", views.completion, name="search_complete"),
]
