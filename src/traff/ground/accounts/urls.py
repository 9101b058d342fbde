"""Ways in. What the sign-in library would let people do beside the register stands first, and answers as nothing."""

from django.urls import path, re_path

from traff.ground.accounts import views

urlpatterns = [
    path("signin/<str:token>/", views.signin_link, name="signin_link"),
    path("demo/", views.demo, name="demo"),
    path("unsent/", views.not_sent, name="unsent"),
    path("unsent/end/", views.not_sent_end, name="unsent_end"),
    path("language/", views.language, name="language"),
    re_path(r"^accounts/(?:signup|email|confirm-email)(?:/|$)", views.not_here),
]
