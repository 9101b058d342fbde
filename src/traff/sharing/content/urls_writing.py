from django.urls import path

from traff.sharing.content.views import completion, drafts, replying, writing

urlpatterns = [
    path("write/", writing.write, name="write"),
    path("write/people/", completion.people, name="write_people"),
    path("write/topics/", completion.topics, name="write_topics"),
    path("write/unread/", completion.unread_by, name="write_unread"),
    path("posts/<int:pk>/edit/", writing.edit, name="post_edit"),
    path("posts/<int:pk>/withdrawal/", writing.withdrawal, name="post_withdrawal"),
    path("posts/<int:pk>/replies/", replying.replies, name="post_replies"),
    path("replies/<int:pk>/", replying.reply, name="reply"),
    path("replies/<int:pk>/edit/", replying.edit, name="reply_edit"),
    path("replies/<int:pk>/withdrawal/", replying.withdrawal, name="reply_withdrawal"),
    path("drafts/<uuid:key>/", drafts.draft, name="draft"),
    path("drafts/<uuid:key>/preview/", drafts.preview, name="draft_preview"),
    path("drafts/<uuid:key>/end/", drafts.end, name="draft_end"),
    path("me/drafts/", drafts.drafts, name="drafts"),
]
