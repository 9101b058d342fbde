"""`./traff weekly-mail --for PERSON`: the mail that this person would get now; `--send` sends this week's, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from traff.attention.notifications import weekly
from traff.attention.notifications.models import Letter
from traff.ground.accounts.as_person import person_asked_for


class Command(BaseCommand):
    help = "The weekly mail as PERSON would get it now. Nothing is sent, and nothing is marked as shown, without --send."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--for", dest="person", required=True, metavar="PERSON", help="handle, e-mail address or id")
        parser.add_argument("--reason", default="", help="why; PERSON will read it. Required outside the demo.")
        parser.add_argument("--html", action="store_true", help="the HTML part; otherwise the text")
        parser.add_argument("--send", action="store_true", help="send it, unless this week's was sent")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_asked_for(options["person"], reason=options["reason"].strip(), command="weekly-mail")
        now = timezone.now()
        if options["send"]:
            if not person.email:
                raise CommandError(f"{person} has no address.")
            sent = weekly.send(person, now)
            self.stdout.write("Sent." if sent else "Not sent: this week's mail is done, or there is nothing to say.")
            return
        mail = weekly.written(person, since=Letter.since(person, now), is_sent=False)
        if mail is None:
            self.stdout.write("Nothing to say, so no mail.")
        else:
            self.stdout.write(mail.html if options["html"] else f"{mail.subject}\n\n{mail.text}")
        self.stderr.write("Openings are never shown for another person: the mail itself may have them.")
