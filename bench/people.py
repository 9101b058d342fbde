"""Who asks for what: signed-in people and pages, taken from the organisation's own database."""

import json
import subprocess
import sys
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

from bench.driving import TOKEN
from bench.loading import environment

PEOPLE, PAGES = 199, 211


@dataclass(frozen=True)
class Material:
    """Cookies of people, paths of pages, words to search for."""

    cookies: list[str]
    posts: list[str]
    groups: list[str]
    profiles: list[str]
    common: list[str]
    rare: list[str]
    texts: list[str]  # to publish, and to write


def material(people: int) -> Material:
    """Made anew, by a process that works in that organisation."""
    made = subprocess.run([sys.executable, "-m", "bench.people"], env=environment(people), check=True, stdout=subprocess.PIPE)
    return Material(**json.loads(made.stdout.splitlines()[-1]))


def _gather() -> dict[str, Any]:
    from django.db import connection

    from traff.community.groups.models import Group
    from traff.ground.accounts.models import Person
    from traff.sharing.content.models import Post

    rng = Random(1)
    people = rng.sample(list(Person.objects.order_by("pk")), PEOPLE)
    posts = Post.objects.unrestricted("pages to ask for").filter(is_open=True, withdrawn_at=None)
    some = rng.sample(list(posts.order_by("-last_active_at").values_list("pk", flat=True)[:20_000]), PAGES)
    groups = Group.objects.unrestricted("pages to ask for").filter(audience__is_open=True).order_by("pk")
    slugs = list(groups.values_list("slug", flat=True))
    handles = rng.sample(list(Person.objects.order_by("pk").values_list("handle", flat=True)), PAGES)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text, df FROM search_term WHERE text ~ '^[a-zåäö]{4,}$' AND id IN (SELECT id FROM search_term "
            "ORDER BY df DESC LIMIT 400) ORDER BY df DESC"
        )
        known = [word for word, _ in cursor.fetchall()]
        cursor.execute("SELECT text FROM search_term WHERE df BETWEEN 3 AND 12 AND text ~ '^[a-zåäö]{6,}$' ORDER BY id LIMIT 101")
        rare = [word for (word,) in cursor.fetchall()]
    bodies = posts.filter(kind="article").order_by("pk").values_list("body", flat=True)[:PAGES]
    return {
        "cookies": [_signed_in(person) for person in people],
        "posts": [f"/posts/{pk}/" for pk in some],
        "groups": [f"/groups/{slug}/" for slug in rng.sample(slugs, min(PAGES, len(slugs)))],
        "profiles": [f"/people/{handle}/" for handle in handles],
        "common": [f"/search/?q={quote(word)}" for word in known if word not in _small()][:20],
        "rare": [f"/search/?q={quote(word)}" for word in rare],
        "texts": [body.replace("<p>", "").replace("</p>", "") for body in bodies],
    }


def _small() -> set[str]:
    from bench.words import SMALL_WORDS

    return {word for words in SMALL_WORDS.values() for word in words}


def _signed_in(person: Any) -> str:
    """A cookie as signing in gives it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from traff.ground.accounts.views import BACKEND

    session = SessionStore()
    session.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: person.get_session_auth_hash()})
    session.create()
    return f"sessionid={session.session_key}; csrftoken={TOKEN}"


if __name__ == "__main__":
    from traff.config.database import database

    with database():
        import django

        django.setup()
        print(json.dumps(_gather()))
