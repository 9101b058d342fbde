from django.urls import path

from traff.attention.following import views
from traff.attention.following.models import Follow, Mute

urlpatterns = [
    path("follow/<str:sort>/<int:pk>/", views.start, {"tone": Follow}, name="follow"),
    path("follow/<str:sort>/<int:pk>/end/", views.end, {"tone": Follow}, name="follow_end"),
    path("mute/<str:sort>/<int:pk>/", views.start, {"tone": Mute}, name="mute"),
    path("mute/<str:sort>/<int:pk>/end/", views.end, {"tone": Mute}, name="mute_end"),
]
