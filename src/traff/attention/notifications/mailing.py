"""A mail as it leaves the house: two parts, in the person's language, with a way out that needs no sign-in (RFC 8058)."""

from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from traff.community.people.models import Profile
from traff.ground.accounts.models import Person


@dataclass(frozen=True)
class Mail:
    subject: str
    text: str
    html: str
    stop_url: str
    list_name: str  # "weekly", "at-once"


def base_url() -> str:
    """Where people reach the site, without a slash at the end."""
    return str(settings.SITE_URL).rstrip("/")


def language_for(person: Person) -> str:
    """The one chosen in Träff; else the first of those the person says they speak that Träff does; else the house's."""
    if person.language:
        return person.language
    spoken = Profile.objects.filter(person=person).values_list("languages", flat=True).first() or []
    ours = dict(settings.LANGUAGES)
    return next((code for code in spoken if code in ours), settings.LANGUAGE_CODE)


def stop_url(token: str) -> str:
    return base_url() + reverse("mail_stop", args=[token])


def message(mail: Mail, person: Person, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    host = urlsplit(base_url()).hostname or "localhost"
    made = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[formataddr((person.name, person.email or ""))],
        headers={
            "List-Unsubscribe": f"<{mail.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<{mail.list_name}.traff.{host}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )
    made.attach_alternative(mail.html, "text/html")
    return made
