from django.urls import include, path

from traff.config.health import healthz

handler400 = "traff.config.failing.refused"
handler500 = "traff.config.failing.broken"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("traff.ground.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include("traff.ground.core.urls")),
    path("", include("traff.ground.files.urls")),
    path("", include("traff.ground.search.urls")),
    path("", include("traff.community.topics.urls")),
    path("", include("traff.community.people.urls")),
    path("", include("traff.community.groups.urls")),
    path("", include("traff.sharing.conversations.urls")),
    path("", include("traff.sharing.openings.urls")),
    path("", include("traff.sharing.content.urls")),
    path("", include("traff.sharing.customers.urls")),
    path("", include("traff.attention.following.urls")),
    path("", include("traff.attention.notifications.urls")),
    path("", include("traff.attention.stream.urls")),
    path("", include("traff.heart.matching.urls")),
]
