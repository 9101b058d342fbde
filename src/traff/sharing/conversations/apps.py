from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "traff.sharing.conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from traff.ground.activity import news
        from traff.ground.core import navigation, slots
        from traff.ground.search import findable
        from traff.sharing.conversations import fillings, hits, telling
        from traff.sharing.conversations.findable import draft_of_message

        findable.register("message", draft_of_message, template="conversations/hit.html", present=hits.present)
        news.register("conversation.started", hear=telling.all_in_it, say=telling.say_started)
        news.register("message.sent", hear=telling.all_in_it, say=telling.say_message)
        news.register("meeting.proposed", hear=telling.all_in_it, say=telling.say_proposed)
        news.register("meeting.accepted", hear=telling.all_in_it, say=telling.say_accepted)
        news.register("meeting.cancelled", hear=telling.all_in_it, say=telling.say_cancelled)
        slots.fill("person.actions", fillings.write_to, weight=20)
        slots.fill("home.aside", fillings.was_it_worth_it, weight=5)
        slots.fill("own_data", fillings.mine, weight=25)
        navigation.count("/conversations/", fillings.unread)
