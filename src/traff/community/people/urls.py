from django.urls import path

from traff.community.people.views import directory, me, newcomers, profile

urlpatterns = [
    path("people/", directory.people, name="people"),
    path("people/<slug:handle>/", profile.person, name="person"),
    path("people/<slug:handle>/photo/<slug:version>.jpg", profile.photo, name="person_photo"),
    path("people/<slug:handle>/block/", profile.block, name="block"),
    path("people/<slug:handle>/block/end/", profile.unblock, name="block_end"),
    path("me/", me.me, name="me"),
    path("me/data/", me.take, name="own_data"),
    path("me/profile/", me.edit, name="profile_edit"),
    path("me/knowing/", newcomers.knowing, name="knowing"),
    path("me/first-steps/", newcomers.first_steps, name="first_steps"),
    path("me/first-steps/end/", newcomers.first_steps_end, name="first_steps_end"),
    path("me/objections/", me.objections, name="objections"),
]
