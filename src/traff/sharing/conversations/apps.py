from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "traff.sharing.conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from django.db.models import TextField, Value

        from traff.ground.accounts import own_data
        from traff.ground.core import fresh, slots
        from traff.ground.search import findable
        from traff.sharing.conversations import fillings, hits, taking, telling
        from traff.sharing.conversations.findable import draft_of_message
        from traff.sharing.conversations.models import Part
        from traff.sharing.conversations.models.part import is_impersonated

        telling.register()
        findable.register(
            "message", draft_of_message, template="conversations/hit.html", present=hits.present,
            is_met_by=lambda reader: not is_impersonated(reader),
        )  # fmt: skip
        slots.fill("person.actions", fillings.write_to, weight=20)
        slots.fill("home.aside", fillings.was_it_worth_it, weight=5)
        slots.fill("own_data", fillings.mine, weight=25)
        own_data.give("messages", taking.messages)
        own_data.give("meetings", taking.meetings)
        fresh.count("/conversations/", lambda person: Part.objects.of(person).unread(), read_at=Value("", TextField()))
