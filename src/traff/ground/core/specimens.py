"""Invented people and posts for the living page of the look. Nobody here exists."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Shown = dict[str, Any]
DOORS = [("open", _("Open: anyone walks in")), ("closed", _("Closed: a steward lets people in"))]
PLACES = [("", "—"), ("kiruna", "Kiruna"), ("tampere", "Tampere")]


class SpecimenForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Two or three words that say it."))
    purpose = forms.CharField(label=_("Why the group is there"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    place = forms.ChoiceField(label=_("Place"), choices=PLACES)
    door = forms.ChoiceField(label=_("Who gets in"), choices=DOORS, widget=forms.RadioSelect)
    weekly = forms.BooleanField(
        label=_("A digest by mail"), required=False, help_text=_("Once a week, never what you have already read.")
    )


def wrong_form(side: str) -> SpecimenForm:
    """As it comes back to somebody who left out a name."""
    form = SpecimenForm({f"{side}-wrong-name": ""}, auto_id="%s", prefix=f"{side}-wrong")
    form.add_error(None, gettext("There is a group called that already."))
    return form


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 3}))


def person(name: str, title: str, unit: str, place: str, **more: Any) -> Shown:
    return {"name": name, "title": title, "unit": unit, "place": place, "url": "/design/#people", **more}


LONG_UNIT = "Avdelningen för anläggningsunderhåll och driftsäkerhet"
ASTRID = person("Astrid Öberg", "Driftingenjör", "Gruvsupport", "Kiruna")
SOFIA = person("Sofia Lindqvist", "Materials engineer", "Paper Services", "Tampere")
JAMES = person("James Okafor", "Service technician", "Wind and Hydro", "Aberdeen")
LONG = person("Anna-Karin Södergren-Wachtmeister", "Underhållssamordnare", LONG_UNIT, "Örnsköldsvik")
GUEST = person("Li Wei", "Konsult", "Nordic Bearings AB", "Göteborg", is_guest=True)
LEFT = person("Björn Ståhl", "Pappersingenjör", "Paper Services", "Tampere", has_left=True)
CLUB = {
    "name": "Korrosionsklubben",
    "url": "/design/#groups",
    "is_open": True,
    "purpose": "Allt som rostar, och vad vi gör åt det.",
    "members": 34,
}
CLOSED = {
    "name": "Anbud Havsvind 2027",
    "url": "/design/#groups",
    "is_open": False,
    "purpose": "Vi som räknar på havsvinden.",
    "members": 1,
}
TOPICS = [
    {"name": "korrosion", "url": "#posts", "count": 12},
    {"name": "värmeväxlare", "url": "#posts"},
    {"name": "underhållsplanering", "url": "#posts"},
]
BODY = SafeString(
    "<p>Vi bytte till titan i de två första stegen och lät resten stå. <strong>Efter ett år</strong> är "
    'väggtjockleken oförändrad, och <a href="#posts">mätserien</a> ligger i gruppen.</p>'
    "<ul><li>pH hölls mellan 8,2 och 8,6</li><li>kloriden mättes varje vecka</li></ul>"
)
SENTENCE = SafeString("Tre läckor på en vinter: <mark>korrosion</mark> i den första <mark>värmeväxlaren</mark> efter kondensorn.")
QUOTED = SafeString("… bytte till <mark>titan</mark> i de två första stegen och lät resten stå …")


def posts() -> dict[str, Shown]:
    now = timezone.now()
    common = {"url": "/design/#posts", "is_open": True, "like_url": "/design/", "mute_url": "/design/"}
    return {
        "case": {
            **common,
            "kind": "case",
            "language": "sv",
            "title": "Korrosion i värmeväxlare: vad vi prövade, och vad som höll",
            "excerpt": "Tre läckor på en vinter. Vi prövade beläggning, bytte material i de två första stegen och "
            "ändrade vattenkemin; det sista gjorde mest, och kostade minst.",
            "authors": [SOFIA],
            "published_at": now - timedelta(hours=3),
            "group": CLUB,
            "topics": TOPICS,
            "reply_count": 7,
            "like_count": 12,
            "is_liked": True,
            "reuse_count": 3,
            "why": gettext("because you follow %(name)s") % {"name": "Korrosionsklubben"},
        },
        "question": {
            **common,
            "kind": "question",
            "language": "en",
            "title": "Has anybody run two conveyor drives from one inverter?",
            "excerpt": "We are out of cabinet space at the primary crusher and wonder whether anyone has done this "
            "without trips at start.",
            "authors": [LONG],
            "published_at": now - timedelta(days=1),
            "is_answered": True,
            "is_new": True,
            "reply_count": 2,
            "topics": TOPICS[2:],
            "why": gettext("because it is open to everyone and you are new here"),
        },
        "update": {
            **common,
            "kind": "update",
            "language": "sv",
            "excerpt": "Provkör den nya vibrationsmätaren på fläkt 4 i dag. Kom förbi om du vill höra hur ett lager "
            "låter innan det går sönder.",
            "authors": [ASTRID],
            "published_at": now - timedelta(minutes=4),
            "reply_count": 0,
            "like_count": 2,
        },
        "article": {
            **common,
            "kind": "article",
            "language": "en",
            "is_edited": True,
            "title": "What a storm taught us about spare parts",
            "excerpt": "Four days without a ferry, one gearbox, and a drawer that nobody had opened since 2009.",
            "authors": [JAMES, SOFIA, GUEST],
            "is_open": False,
            "group": CLOSED,
            "published_at": now - timedelta(days=400),
            "reply_count": 19,
            "like_count": 48,
        },
    }


def evidence() -> list[Shown]:
    now = timezone.now()
    found = posts()
    sofia, james = (
        {"url": "#who", "place": place, "language": tongue, "title_language": tongue}
        for place, tongue in (("Tampere", "sv"), ("Aberdeen", "en"))
    )
    return [
        {
            **sofia,
            "kind": "case",
            "title": found["case"]["title"],
            "at": now - timedelta(days=40),
            "text": QUOTED,
            "deed": _("wrote it"),
        },
        {**sofia, "kind": "reply", "title": "Re: Läckage i kondensor 2", "at": now - timedelta(days=410)},
        {**james, "kind": "article", "title": found["article"]["title"], "at": now - timedelta(days=800)},
    ]


def tools() -> Shown:
    """What narrows, counts and tells."""
    now = timezone.now()
    here = {"url": "#lists"}
    units = [("Gruvsupport", 41), (LONG_UNIT, 17), ("Wind and Hydro", 6)]
    languages = [{**here, "word": "Svenska", "count": 52}, {**here, "word": "English", "count": 12}]
    reused = {**here, "text": "James Okafor återanvände Korrosion i värmeväxlare", "icon": "repeat-2"}
    return {
        "kinds": [
            {"kind": kind, "url": "#writing", "is_here": kind == "question"} for kind in ("update", "question", "case", "article")
        ],
        "tabs": [
            {**here, "word": word, "is_here": n == 0, "count": n * 4}
            for n, word in enumerate((_("All"), _("Questions"), _("Cases"), _("People")))
        ],
        "filters": [
            {**here, "word": word, "is_on": kind == "case", "kind": kind}
            for word, kind in ((_("All"), ""), (_("Cases"), "case"), (_("Questions"), "question"))
        ],
        "facets": [
            {"name": _("Unit"), "options": [{**here, "word": word, "count": n, "is_on": n == 41} for word, n in units]},
            {"name": _("Language"), "options": languages},
        ],
        "steps": [
            {"word": _("Say what you know"), "why": "", "url": "#lists", "is_done": True},
            {"word": _("Find a group"), "why": _("Two or three words that say it."), "url": "#lists"},
        ],
        "events": [
            {"at": now - timedelta(days=2), **reused},
            {"at": now - timedelta(days=30), "text": "Sofia Lindqvist svarade", "icon": "reply"},
        ],
        "bars": [{"word": word, "value": count} for word, count in units],
        "values": [2, 3, 3, 5, 4, 8, 7, 11],
    }


def specimens(side: str = "light") -> Shown:
    """Everything the living page shows; the side keeps ids and names apart where a part stands there twice."""
    found = posts()
    reply = {
        "id": f"1-{side}",
        "author": JAMES,
        "published_at": timezone.now() - timedelta(hours=20),
        "body": BODY,
        "language": "sv",
        "like_url": "/design/",
        "like_count": 4,
    }
    return {
        "side": side,
        "people": [SOFIA, LONG, GUEST, LEFT],
        "me": ASTRID,
        "them": SOFIA,
        "long": LONG,
        "groups": [CLUB, CLOSED],
        "topics": TOPICS,
        "posts": list(found.values()),
        **found,
        "reply": reply,
        "accepted": {**reply, "id": f"2-{side}", "author": SOFIA, "is_accepted": True, "reply_url": "#replies"},
        "asked": {**reply, "id": f"3-{side}", "author": LONG, "accept_url": "/design/"},
        "sentence": SENTENCE,
        "terms": ["korrosion", "värmeväxlare", "kloridhalt"],
        "evidence": evidence(),
        "hits": [
            {"kind": "person", "person": LONG},
            {**found["case"], "text": SENTENCE, "at": timezone.now() - timedelta(days=40), "why": ""},
        ],
        "form": SpecimenForm({f"{side}-door": "open"}, auto_id="%s", prefix=side),
        "wrong": wrong_form(side),
        "files": [{"name": "mätserie_kondensor_2_vecka_46_slutlig_version.xlsx", "url": "#controls", "size": "1,2 MB"}],
        "answer": AnswerForm(auto_id="%s", prefix=side),
        **tools(),
    }
