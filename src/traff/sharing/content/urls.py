from django.urls import path

from traff.sharing.content import urls_writing
from traff.sharing.content.views import deeds, reading

urlpatterns = [
    *urls_writing.urlpatterns,
    path("posts/<int:pk>/", reading.post, name="post"),
    path("posts/<int:pk>/revisions/", reading.revisions, name="post_revisions"),
    path("posts/<int:pk>/thanks/", deeds.thanks, {"kind": "post", "end": False}, name="post_thanks"),
    path("posts/<int:pk>/thanks/end/", deeds.thanks, {"kind": "post", "end": True}, name="post_thanks_end"),
    path("posts/<int:pk>/reuse/", deeds.reuse, name="post_reuse"),
    path("posts/<int:pk>/reuse/end/", deeds.reuse_end, name="post_reuse_end"),
    path("posts/<int:pk>/evidence/", deeds.evidence, name="post_evidence"),
    path("replies/<int:pk>/thanks/", deeds.thanks, {"kind": "reply", "end": False}, name="reply_thanks"),
    path("replies/<int:pk>/thanks/end/", deeds.thanks, {"kind": "reply", "end": True}, name="reply_thanks_end"),
    path("replies/<int:pk>/acceptance/", deeds.acceptance, name="reply_acceptance"),
    path("replies/<int:pk>/acceptance/end/", deeds.acceptance_end, name="reply_acceptance_end"),
    path("posts/<int:pk>/sending/end/", deeds.sending_end, {"kind": "post"}, name="post_sending_end"),
    path("replies/<int:pk>/sending/end/", deeds.sending_end, {"kind": "reply"}, name="reply_sending_end"),
    path("cases/", reading.cases, name="cases"),
    path("questions/", reading.questions, name="questions"),
]
