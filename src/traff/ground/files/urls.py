from django.urls import path

from traff.ground.files import views

urlpatterns = [
    path("files/", views.upload, name="upload"),
    path("files/<int:pk>/<str:name>", views.file, name="file"),
]
