from django.urls import path

from traff.ground.core.views import installed
from traff.ground.core.views.design import design

urlpatterns = [
    path("design/", design, name="design"),
    path("offline/", installed.offline, name="offline"),
    path("worker.js", installed.worker, name="worker"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
]
