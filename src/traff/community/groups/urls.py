from django.urls import path

from traff.community.groups.views import groups, membership, tending

urlpatterns = [
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.start, name="group_new"),
    path("groups/<str:slug>/", groups.group, name="group"),
    path("groups/<str:slug>/members/", groups.members, name="group_members"),
    path("groups/<str:slug>/membership/", membership.join, name="group_join"),
    path("groups/<str:slug>/membership/end/", membership.leave, name="group_leave"),
    path("groups/<str:slug>/invitations/", membership.invite, name="group_invite"),
    path("groups/<str:slug>/invitation/end/", membership.decline, name="group_decline"),
    path("groups/<str:slug>/edit/", tending.edit, name="group_edit"),
    path("groups/<str:slug>/closing/", tending.close, name="group_close"),
    path("groups/<str:slug>/stewards/", tending.appoint, name="group_appoint"),
    path("groups/<str:slug>/members/end/", tending.part_with, name="group_part_with"),
    path("groups/<str:slug>/stewards/end/", tending.step_down, name="group_step_down"),
]
