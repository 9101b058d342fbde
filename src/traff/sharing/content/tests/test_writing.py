"""Writing: what is sent is published once, is read by those it says, and bad input loses nothing."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.files.models import File
from traff.sharing.content.models import Draft, Post, Reply

pytestmark = pytest.mark.django_db
KEY = "6d0e2f0e-8a60-4a3b-9a38-0c9e1f6f2a11"


@pytest.fixture
def signed_in(client: Client) -> Any:
    def sign_in(person: Person) -> Client:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def rowers(cecilia: Person, bjorn: Person) -> Group:
    group = Group.start(by=cecilia, name="Rodd", is_open=False)
    group.audience.add(bjorn)
    return group


def status(client: Client, url: str) -> int:
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # which closes it
    return int(answer.status_code)


def only(person: Person) -> Post:
    return Post.objects.visible_to(person).get()


def test_a_question_of_several_lines_is_one_line_in_the_draft_and_in_the_post(signed_in: Any, astrid: Person) -> None:
    client = signed_in(astrid)
    form = {"draft": KEY, "kind": "question", "title": "Växlaren läcker igen. \r\nTryckprov gav inget.\r\nVem har sett det?"}
    line = "Växlaren läcker igen. Tryckprov gav inget. Vem har sett det?"
    page = client.post("/write/", {**form, "step": "keep"}, follow=True)
    assert Draft.objects.get().fields["title"] == line
    page = client.get(f"/write/?draft={KEY}").content.decode()
    assert line in page and '<textarea name="title"' in page
    client.post("/write/", form)
    assert only(astrid).title == line


def test_without_a_script_enter_in_a_line_publishes_nothing(signed_in: Any, astrid: Person) -> None:
    page = signed_in(astrid).get("/write/?kind=article").content.decode()
    first = re.findall(r"<button (?![^>]*type=\"button\")[^>]*>", page.split('id="composer"')[1])[0]  # the one a browser presses
    assert 'value="preview"' in first


@pytest.mark.parametrize("name", ["bad.png", "skiss.svg"])
def test_a_picture_that_is_none_says_so_when_it_is_attached(signed_in: Any, astrid: Person, name: str) -> None:
    client = signed_in(astrid)
    taken = client.post("/files/", {"files": SimpleUploadedFile(name, b"<svg/>")}).json()["files"][0]
    assert not taken["is_picture"] and taken["is_only_called_picture"]
    form = {"draft": KEY, "kind": "update", "body": "Se", "step": "keep", "files": [taken["id"]]}
    client.post("/write/", form)
    page = client.get(f"/write/?draft={KEY}").content.decode().split("data-file-row")[0]
    assert "Kan inte visas som bild: bifogas som fil." in page


def test_astrid_asks_everyone_in_markdown(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    answer = signed_in(astrid).post(
        "/write/",
        {
            "draft": KEY,
            "kind": "question",
            "title": "Vilken packning?",
            "body": "Vi har **två** sorter.\nEn läcker.",
            "topics": "packning, #tätning",
        },
    )
    post = only(bjorn)
    assert answer.url == post.get_absolute_url()
    assert post.body == "<p>Vi har <strong>två</strong> sorter.<br>\nEn läcker.</p>"
    assert {topic.slug for topic in post.topics.all()} == {"packning", "tätning"}
    assert post.people() == [astrid] and post.is_open
    assert not Draft.objects.of(astrid).waiting().exists()


def test_the_editor_sends_html_which_is_cleaned(signed_in: Any, astrid: Person) -> None:
    html = '<p style="color:red">Hej <b>du</b><script>alert(1)</script></p>'
    signed_in(astrid).post("/write/", {"kind": "update", "body": html, "body_format": "html"})
    assert only(astrid).body == "<p>Hej <strong>du</strong></p>"


def test_the_same_form_sent_twice_is_one_post(signed_in: Any, astrid: Person) -> None:
    form = {"draft": KEY, "kind": "update", "body": "En gång räcker"}
    first, second = signed_in(astrid).post("/write/", form), signed_in(astrid).post("/write/", form)
    assert first.url == second.url == only(astrid).get_absolute_url()


def test_keeping_that_comes_late_brings_nothing_back(signed_in: Any, astrid: Person) -> None:
    form = {"draft": KEY, "kind": "update", "body": "Sänt"}
    signed_in(astrid).post("/write/", form)
    answer = signed_in(astrid).post(f"/drafts/{KEY}/", form)
    assert answer.json() == {"sent": only(astrid).get_absolute_url()}
    assert not Draft.objects.of(astrid).waiting().exists()


def test_a_case_without_the_one_thing_says_so_and_keeps_the_rest(signed_in: Any, astrid: Person) -> None:
    picture = SimpleUploadedFile("plan.txt", b"steg ett")
    form = {"draft": KEY, "kind": "case", "title": "Ny packning", "situation": "Det läckte <b>x", "uploads": picture}
    answer = signed_in(astrid).post("/write/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Vad kan andra ha nytta av? En mening räcker." in page
    assert "Det läckte &lt;b&gt;x" in page and "Ny packning" in page and "plan.txt" in page
    assert not Post.objects.visible_to(astrid).exists()
    file = File.objects.visible_to(astrid).get()
    signed_in(astrid).post("/write/", {**form, "uploads": "", "reuse": "Mallen", "files": [file.pk]})
    assert File.objects.visible_to(astrid).attached_to("post", [only(astrid).pk]).get() == file


def test_another_kind_keeps_what_was_typed(signed_in: Any, astrid: Person) -> None:
    form = {"draft": KEY, "kind": "question", "title": "Packning?", "body": "Den *läcker*", "step": "kind:case"}
    answer = signed_in(astrid).post("/write/", form)
    page = signed_in(astrid).get(answer.url).content.decode()
    assert ">\nPackning?</textarea>" in page and "Den *läcker*" in page and 'name="reuse"' in page
    back = signed_in(astrid).post(
        "/write/", {"draft": KEY, "kind": "case", "title": "Packning?", "situation": "Den *läcker*", "step": "kind:update"}
    )
    assert "Den *läcker*" in signed_in(astrid).get(back.url).content.decode()
    assert Draft.objects.get(key=KEY).fields["title"] == "Packning?"


def test_a_closed_group_is_read_by_its_members(signed_in: Any, bjorn: Person, astrid: Person, rowers: Group) -> None:
    page = signed_in(bjorn).get(f"/write/?group={rowers.slug}").content.decode()
    assert "de 2 medlemmarna i Rodd" in page
    signed_in(bjorn).post("/write/", {"kind": "update", "body": "Vi ror", "audience": rowers.slug})
    assert only(bjorn).group_id == rowers.pk
    assert not Post.objects.visible_to(astrid).exists()


def test_an_outsider_cannot_write_into_it(signed_in: Any, astrid: Person, bjorn: Person, rowers: Group) -> None:
    assert "Rodd" not in signed_in(astrid).get(f"/write/?group={rowers.slug}").content.decode()
    answer = signed_in(astrid).post("/write/", {"kind": "update", "body": "Hej hej", "audience": rowers.slug})
    assert answer.status_code == 422 and "Hej hej" in answer.content.decode()
    assert not Post.objects.visible_to(bjorn).exists()


def test_a_guest_writes_where_he_was_let_in_and_not_to_everyone(signed_in: Any, gosta: Person, rowers: Group) -> None:
    rowers.audience.add(gosta)
    assert signed_in(gosta).post("/write/", {"kind": "update", "body": "Till alla"}).status_code == 422
    signed_in(gosta).post("/write/", {"kind": "update", "body": "Till rodden", "audience": rowers.slug})
    assert only(gosta).group_id == rowers.pk


def test_fellow_authors_are_among_the_readers(
    signed_in: Any, bjorn: Person, cecilia: Person, astrid: Person, rowers: Group
) -> None:
    form = {"draft": KEY, "kind": "update", "body": "Vi två", "audience": rowers.slug, "coauthors": "Cecilia Öberg, @astrid"}
    answer = signed_in(bjorn).post("/write/", form)
    assert "astrid är inte bland dem som kan läsa det här." in answer.content.decode()
    signed_in(bjorn).post("/write/", {**form, "coauthors": "Cecilia Öberg (cecilia)"})
    assert only(bjorn).people() == [bjorn, cecilia]


def test_completion_knows_only_the_audience(
    signed_in: Any, bjorn: Person, cecilia: Person, astrid: Person, preben: Person, rowers: Group
) -> None:
    def names(who: Person, query: str, audience: str = "") -> list[str]:
        told = signed_in(who).get("/write/people/", {"q": query, "audience": audience}).json()["options"]
        return [f"{one['word']} · {one['about']}" for one in told]

    assert names(bjorn, "ast") == ["Astrid Nyman · Gruvstöd · Kiruna"]
    assert names(bjorn, "ast", rowers.slug) == [] and names(bjorn, "öbe", rowers.slug) == ["Cecilia Öberg · Gruva · Göteborg"]
    assert names(astrid, "öbe", rowers.slug) == [] and names(astrid, "preb") == []


def test_a_case_is_made_from_a_thread_and_keeps_its_trail(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    asked = Post.publish(by=bjorn, kind="question", title="Läcker?", body="<p>Det <strong>läcker</strong></p>")
    page = signed_in(astrid).get(f"/write/?kind=case&from={asked.pk}").content.decode()
    assert "Det **läcker**" in page and f'name="made_from" value="{asked.pk}"' in page
    form = {"kind": "case", "made_from": asked.pk, "title": "Tätt", "situation": "Det **läcker**", "reuse": "Byt packning"}
    signed_in(astrid).post("/write/", form)
    assert Post.objects.visible_to(astrid).cases().get().made_from_id == asked.pk


def test_closed_words_do_not_leave_as_a_case(signed_in: Any, bjorn: Person, astrid: Person, rowers: Group) -> None:
    said = Post.publish(by=bjorn, kind="question", title="Hemligt?", group=rowers)
    page = signed_in(bjorn).get(f"/write/?from={said.pk}").content.decode()
    assert (
        page.count("<option") - page.count('name="language"') > 0
        and "alla på" not in page.split("data-audience")[1].split("</select>")[0]
    )
    form = {"kind": "case", "made_from": said.pk, "title": "Öppet", "reuse": "Allt", "audience": ""}
    assert signed_in(bjorn).post("/write/", form).status_code == 422
    assert signed_in(astrid).get(f"/write/?from={said.pk}").status_code == 404


def test_the_language_is_found_and_may_be_said(signed_in: Any, astrid: Person) -> None:
    signed_in(astrid).post("/write/", {"kind": "update", "body": "Det här är en ganska lång svensk mening om packningar."})
    signed_in(astrid).post("/write/", {"kind": "update", "body": "Bypass", "language": "en"})
    assert [post.language for post in Post.objects.visible_to(astrid).order_by("pk")] == ["sv", "en"]


def test_an_edit_leaves_a_revision_and_untouched_markdown_the_html(signed_in: Any, astrid: Person) -> None:
    body = "<p>Ett <strong>två</strong></p><ul><li><p>tre</p></li></ul>"
    post = Post.publish(by=astrid, kind="article", title="Ett", body=body)
    page = signed_in(astrid).get(f"/posts/{post.pk}/edit/")
    shown = page.context["form"]["body"].field.widget.get_context("body", body, {})["widget"]["value"]
    answer = signed_in(astrid).post(f"/posts/{post.pk}/edit/", {"title": "Två", "body": shown.replace("\n", "\r\n")})
    post.refresh_from_db()
    assert (answer.url, post.title, post.body) == (post.get_absolute_url(), "Två", body)
    assert post.edited_at and post.revisions.visible_to(astrid).get().title == "Ett"


def test_anothers_post_is_not_ones_to_change(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=astrid, kind="update", body="Mitt")
    for path in ("edit", "withdrawal"):
        assert signed_in(bjorn).get(f"/posts/{post.pk}/{path}/").status_code == 404
        assert signed_in(bjorn).post(f"/posts/{post.pk}/{path}/", {"body": "Ditt"}).status_code == 404
    post.refresh_from_db()
    assert post.body == "Mitt" and post.withdrawn_at is None


def test_withdrawing_asks_first_and_takes_the_files_too(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    upload = SimpleUploadedFile("ritning.txt", b"hemlig ritning")
    signed_in(astrid).post("/write/", {"kind": "update", "body": "Se bilagan", "uploads": upload})
    post = only(bjorn)
    file = File.objects.visible_to(bjorn).get()
    assert status(signed_in(bjorn), file.get_absolute_url()) == 200
    assert "Se bilagan" in signed_in(astrid).get(f"/posts/{post.pk}/withdrawal/").content.decode()
    signed_in(astrid).post(f"/posts/{post.pk}/withdrawal/")
    assert signed_in(bjorn).get(post.get_absolute_url()).status_code == 404
    assert status(signed_in(bjorn), file.get_absolute_url()) == 404


def test_a_reply_is_written_changed_and_withdrawn(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=astrid, kind="question", title="Hur?")
    form = {"draft": KEY, "reply_to": post.pk, "body": "Så *här*"}
    answer = signed_in(bjorn).post(f"/posts/{post.pk}/replies/", form)
    assert signed_in(bjorn).post(f"/posts/{post.pk}/replies/", form).url == answer.url
    reply = Reply.objects.visible_to(astrid).get()
    assert reply.body == "<p>Så <em>här</em></p>"
    signed_in(bjorn).post(f"/replies/{reply.pk}/edit/", {"body": "Så här"})
    assert Reply.objects.visible_to(astrid).get().body == "<p>Så här</p>"
    assert signed_in(astrid).post(f"/replies/{reply.pk}/edit/", {"body": "Nej"}).status_code == 404
    assert signed_in(astrid).post(f"/replies/{reply.pk}/withdrawal/").status_code == 404
    signed_in(bjorn).post(f"/replies/{reply.pk}/withdrawal/")
    assert not Reply.objects.visible_to(astrid).exists()


def test_an_outsider_cannot_reply(signed_in: Any, astrid: Person, bjorn: Person, rowers: Group) -> None:
    post = Post.publish(by=bjorn, kind="question", title="Hemligt?", group=rowers)
    assert signed_in(astrid).post(f"/posts/{post.pk}/replies/", {"body": "Hej"}).status_code == 404
    assert not Reply.objects.visible_to(bjorn).exists()


def test_a_reply_to_what_was_withdrawn_meanwhile_is_not_lost(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=astrid, kind="question", title="Hur?")
    post.withdraw(by=astrid)
    assert signed_in(bjorn).post(f"/posts/{post.pk}/replies/", {"body": "Mitt långa svar"}).status_code == 404
    assert "Mitt långa svar" in signed_in(bjorn).get("/me/drafts/").content.decode()


def test_anothers_file_cannot_be_attached(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    file = File.receive(SimpleUploadedFile("lön.txt", b"hemligt"), by=astrid)
    answer = signed_in(bjorn).post("/write/", {"kind": "update", "body": "Titta", "files": [file.pk]})
    assert answer.status_code == 422 and "lön.txt" not in answer.content.decode()
    assert not File.objects.visible_to(bjorn).exists() and not Post.objects.visible_to(bjorn).exists()


def test_files_follow_their_group(signed_in: Any, bjorn: Person, astrid: Person, rowers: Group) -> None:
    upload = SimpleUploadedFile("lista.txt", b"vi")
    signed_in(bjorn).post("/write/", {"kind": "update", "body": "Listan", "audience": rowers.slug, "uploads": upload})
    url = File.objects.visible_to(bjorn).get().get_absolute_url()
    assert status(signed_in(astrid), url) == 404
    rowers.audience.add(astrid)
    assert status(signed_in(astrid), url) == 200
    rowers.audience.remove(astrid)
    assert status(signed_in(astrid), url) == 404


def test_a_file_taken_off_goes_back_to_its_owner(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    signed_in(astrid).post("/write/", {"kind": "update", "body": "Se", "uploads": SimpleUploadedFile("a.txt", b"a")})
    post, file = only(astrid), File.objects.visible_to(bjorn).get()
    signed_in(astrid).post(f"/posts/{post.pk}/edit/", {"body": "Se", "files": [file.pk], "drop": [file.pk]})
    assert not File.objects.visible_to(bjorn).exists() and File.objects.visible_to(astrid).get() == file


def test_a_picture_in_the_text_says_what_it_shows(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    file = File.receive(SimpleUploadedFile("a.txt", b"a"), by=astrid)
    form = {"body": f'<p><img src="{file.get_absolute_url()}" alt=""></p>', "body_format": "html", "kind": "update"}
    signed_in(astrid).post("/write/", {**form, "files": [file.pk], f"alt_{file.pk}": 'En "packning" <b>'})
    assert only(bjorn).body == f'<p><img src="{file.get_absolute_url()}" alt="En &quot;packning&quot; &lt;b&gt;"></p>'


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera AB"
    Image.new("RGB", (8, 8), "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("foto.jpg", out.getvalue())


def test_a_picture_says_what_it_shows_or_that_it_says_nothing(signed_in: Any, astrid: Person, bjorn: Person) -> None:
    form = {"draft": KEY, "kind": "update", "body": "Se bilden"}
    answer = signed_in(astrid).post("/write/", {**form, "uploads": picture()})
    assert answer.status_code == 422 and "Säg med några ord vad bilden visar" in answer.content.decode()
    file = File.objects.visible_to(astrid).get()
    with file.blob.stored.open() as stored:
        assert b"Kamera" not in stored.read()
    assert signed_in(astrid).post("/write/", {**form, "files": file.pk, f"decoration_{file.pk}": "on"}).status_code == 302
    assert File.objects.visible_to(bjorn).get().alt == ""
    signed_in(astrid).post(
        f"/posts/{only(astrid).pk}/edit/", {"body": "Se den", "files": file.pk, f"alt_{file.pk}": "En packning"}
    )
    assert File.objects.visible_to(bjorn).get().alt == "En packning"


def test_new_words_for_a_picture_stand_in_the_text_too(signed_in: Any, astrid: Person) -> None:
    file = File.receive(picture(), by=astrid)
    text = f'<p><img src="{file.get_absolute_url()}" alt="Förr"></p>'
    signed_in(astrid).post(
        "/write/", {"kind": "update", "body": text, "body_format": "html", "files": file.pk, f"alt_{file.pk}": "Nu"}
    )
    assert only(astrid).body == f'<p><img src="{file.get_absolute_url()}" alt="Nu"></p>'
