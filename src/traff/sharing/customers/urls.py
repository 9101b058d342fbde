from django.urls import path

from traff.sharing.customers.views import acquaintances, approaches, introductions, reading, walls

urlpatterns = [
    path("customers/", reading.customers, name="customers"),
    path("customers/<int:customer_id>/", reading.customer, name="customer"),
    path("customers/<int:customer_id>/acquaintance/", acquaintances.of_customer, name="customer_acquaintance"),
    path("customers/<int:customer_id>/ask/", introductions.about_customer, name="customer_ask"),
    path("customers/<int:customer_id>/approach/", approaches.begin, name="approach_new"),
    path("customers/<int:customer_id>/wall/", walls.wall_up, name="customer_wall"),
    path("projects/<int:project_id>/", reading.project, name="project"),
    path("projects/<int:project_id>/acquaintance/", acquaintances.of_project, name="project_acquaintance"),
    path("projects/<int:project_id>/ask/", introductions.about_project, name="project_ask"),
    path("acquaintances/", acquaintances.mine, name="acquaintances"),
    path("acquaintances/<int:acquaintance_id>/", acquaintances.edit, name="acquaintance_edit"),
    path("acquaintances/<int:acquaintance_id>/removal/", acquaintances.remove, name="acquaintance_remove"),
    path("approaches/", approaches.mine, name="approaches"),
    path("approaches/<int:approach_id>/", approaches.approach, name="approach"),
    path("approaches/<int:approach_id>/edit/", approaches.edit, name="approach_edit"),
    path("approaches/<int:approach_id>/removal/", approaches.take_back, name="approach_remove"),
    path("approaches/<int:approach_id>/tips/", approaches.tip, name="approach_tip"),
    path("approaches/<int:approach_id>/talk/", approaches.offer, name="approach_offer"),
    path("approaches/<int:approach_id>/passing/", approaches.pass_by, name="approach_pass"),
    path("approaches/<int:approach_id>/closing/", approaches.close, name="approach_close"),
    path("introductions/", introductions.introductions, name="introductions"),
    path("introductions/<int:introduction_id>/acceptance/", introductions.accept, name="introduction_accept"),
    path("introductions/<int:introduction_id>/decline/", introductions.decline, name="introduction_decline"),
    path("introductions/<int:introduction_id>/outcome/", introductions.outcome, name="introduction_outcome"),
]
