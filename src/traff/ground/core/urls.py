from django.urls import path

from traff.ground.core.views.design import design

urlpatterns = [path("design/", design, name="design")]
