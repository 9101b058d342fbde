from django.urls import path

from traff.ground.accounts import views

urlpatterns = [
    path("signin/<str:token>/", views.signin_link, name="signin_link"),
    path("demo/", views.demo, name="demo"),
    path("language/", views.language, name="language"),
]
