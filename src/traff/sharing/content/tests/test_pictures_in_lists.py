"""A post's first picture stands small in every list, for those who may read the post; one question for any number of cards."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.files.models import File
from traff.sharing.content.cards import cards
from traff.sharing.content.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(by: Person, alt: str) -> File:
    out = BytesIO()
    Image.new("RGB", (600, 400), "teal").save(out, "JPEG")
    return File.receive(SimpleUploadedFile("foto.jpg", out.getvalue()), by=by, alt=alt)


def with_files(by: Person, *files: File, **more: Any) -> Post:
    post = Post.publish(by=by, kind="update", body="<p>Mätte bogrampen</p>", **more)
    for file in files:
        file.attach(kind="post", subject=post, audience=post.audience, by=by)
    return post


def test_it_stands_in_stream_group_and_profile(client: Client, astrid: Person, bjorn: Person) -> None:
    group = Group.start(by=bjorn, name="Kaj")
    paper = File.receive(SimpleUploadedFile("plan.txt", b"x"), by=bjorn)
    first = photo(bjorn, "En bogramp, mätt")
    with_files(bjorn, paper, first, photo(bjorn, "Samma igen"), group=group)
    client.force_login(astrid)
    for address in ("/", group.get_absolute_url(), bjorn.get_absolute_url()):
        page = client.get(address).content.decode()
        assert f'src="{first.get_small_url()}" alt="En bogramp, mätt"' in page and "Samma igen" not in page
        assert 'loading="lazy"' in page


def test_a_closed_groups_picture_is_on_nobody_elses_card(astrid: Person, bjorn: Person) -> None:
    circle = Group.start(by=bjorn, name="Rodd", is_open=False)
    post = with_files(bjorn, photo(bjorn, "Vi ror"), group=circle)
    (card,) = cards([post], bjorn)
    assert card.picture and card.picture.alt == "Vi ror"
    (card,) = cards([post], astrid)  # as if the post had been found for her by mistake
    assert card.picture is None


def test_more_cards_ask_no_more(bjorn: Person) -> None:
    def asked(count: int) -> int:
        posts = list(Post.objects.visible_to(bjorn).with_people()[:count])
        with CaptureQueriesContext(connection) as caught:
            assert all(card.picture for card in cards(posts, bjorn))
        return len(caught)

    for n in range(6):
        with_files(bjorn, photo(bjorn, f"Ramp {n}"))
    asked(1)
    assert asked(6) == asked(2)
