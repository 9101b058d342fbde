from django.urls import path

from traff.sharing.content import urls_writing
from traff.sharing.content.views import deeds, ideas, reading

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
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/<int:pk>/vote/", ideas.vote, {"end": False}, name="idea_vote"),
    path("ideas/<int:pk>/vote/end/", ideas.vote, {"end": True}, name="idea_vote_end"),
    path("ideas/<int:pk>/taking/", ideas.taking, name="idea_taking"),
    path("ideas/<int:pk>/stage/", ideas.stage, name="idea_stage"),
    path("ideas/<int:pk>/twin/", ideas.twin, name="idea_twin"),
    path("ideas/<int:pk>/twin/end/", ideas.twin_end, name="idea_twin_end"),
    path("questions/", reading.questions, name="questions"),
]
