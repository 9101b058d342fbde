from django.urls import path

from traff.attention.stream import views

urlpatterns = [path("", views.home, name="home")]
