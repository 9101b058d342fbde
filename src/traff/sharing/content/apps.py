from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "traff.sharing.content"
    verbose_name = _("Content")

    def ready(self) -> None:
        from traff.ground.accounts import own_data
        from traff.ground.activity.listeners import listen
        from traff.ground.core import slots
        from traff.ground.search import findable
        from traff.sharing.content import fillings, hits, taking, tasks, telling, telling_ideas
        from traff.sharing.content.findable import post_draft, reply_draft

        findable.register("post", post_draft, template="content/hit.html", present=hits.present)
        findable.register("reply", reply_draft)
        telling.register()
        telling_ideas.register()
        listen("topic.marked", tasks.topic_marked)
        for verb in ("topic.proposed", "topic.named", "topic.merged"):
            listen(verb, tasks.topic_renamed)
        listen("group.marked", tasks.group_marked)
        slots.fill("group.main", fillings.group_posts)
        slots.fill("topic.main", fillings.topic_posts)
        slots.fill("person.section", fillings.person_posts)
        slots.fill("keys.more", fillings.keys)
        slots.fill("home.composer", fillings.prompt)
        slots.fill("own_data", fillings.my_drafts, weight=5)
        slots.fill("home.aside", fillings.led_to, weight=10)
        slots.fill("own_data", fillings.mine, weight=15)
        own_data.give("posts", taking.posts)
        own_data.give("replies", taking.replies)
        own_data.give("thanks", taking.thanks)
        own_data.give("reuses", taking.reuses)
        own_data.give("ideas", taking.ideas)
        own_data.give("drafts", taking.drafts)
