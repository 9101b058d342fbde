from django.urls import path

from traff.attention.notifications.views import bell, stopping

urlpatterns = [
    path("bell/", bell.bell, name="bell"),
    path("bell/read/", bell.read_all, name="bell_read_all"),
    path("bell/<int:pk>/read/", bell.read, name="bell_read"),
    path("me/hearing/", bell.hearing, name="hearing"),
    path("me/hearing/links/end/", bell.revoke, name="hearing_links_end"),
    path("mail/stop/<str:token>/", stopping.stop, name="mail_stop"),
]
