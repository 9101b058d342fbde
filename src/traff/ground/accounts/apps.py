from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "traff.ground.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from traff.ground.accounts.unsent import say_so

        user_logged_in.connect(say_so, dispatch_uid="say what waits")
