"""`./traff signin PERSON [--reason TEXT]`: print a link that signs one person in, once, within ten minutes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from traff.ground.accounts.demo import is_demo
from traff.ground.accounts.models import Person, SigninLink


class Command(BaseCommand):
    help = "Print a one-time link that signs PERSON in. It is recorded, and PERSON sees that it was done and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="PERSON", help="handle, e-mail address or id")
        parser.add_argument("--reason", default="", help="why; PERSON will read it. Required outside the demo.")

    def handle(self, *args: Any, **options: Any) -> None:
        in_demo, reason = is_demo(), options["reason"].strip()
        if not in_demo and not reason:
            raise CommandError('Say why, in words that the person will read: --reason "…"')
        try:
            person = Person.objects.named(options["person"])
        except Person.DoesNotExist:
            raise CommandError(f"Nobody here is called {options['person']}. Give a handle, an e-mail address or an id.") from None
        if not person.is_active:
            raise CommandError(f"{person} has left, and can no longer sign in.")
        token = SigninLink.issue(person, reason=reason or "demo", is_impersonation=not in_demo)
        self.stdout.write(f"{settings.SITE_URL}{reverse('signin_link', args=[token])}")
        self.stderr.write(f"Signs in {person}, once, within ten minutes.")
        if not in_demo:
            self.stderr.write("The session ends after ten minutes. They will see that you were there, and why.")
