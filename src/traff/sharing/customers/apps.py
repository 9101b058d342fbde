from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "traff.sharing.customers"
    verbose_name = _("Customers")

    def ready(self) -> None:
        from traff.ground.accounts import own_data
        from traff.ground.activity.bulk import IMPORTED
        from traff.ground.activity.listeners import listen_to_batches
        from traff.ground.core import digest, slots
        from traff.ground.search import findable as register
        from traff.sharing.customers import fillings, taking, tasks, telling
        from traff.sharing.customers.findable import entry_of
        from traff.sharing.customers.hits import presenter
        from traff.sharing.customers.models import Customer, Project

        for model in (Customer, Project):
            register.register(model.kind, entry_of, template="customers/hit.html", present=presenter(model))
        listen_to_batches(IMPORTED, tasks.link)
        telling.register()
        slots.fill("home.traffar", fillings.at_home, weight=40)
        slots.fill("post.aside", fillings.named, weight=60)
        slots.fill("panel.more", fillings.while_writing)
        slots.fill("person.aside", fillings.lived_by, weight=60)
        slots.fill("own_data", fillings.my_acquaintances, weight=40)
        own_data.give("customers-i-know", taking.acquaintances)
        own_data.give("customers-i-meet", taking.approaches)
        own_data.give("customers-i-asked-about", taking.introductions)
        digest.fill(fillings.in_mail, weight=30)
