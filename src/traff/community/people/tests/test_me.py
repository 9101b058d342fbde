"""What Träff knows of me, and what I can change about it."""

from typing import Any

from traff.ground.accounts.models import Block, Objection, Person, SigninLink


def test_my_page_tells_all_of_it(at: Any, astrid: Person, bjorn: Person) -> None:
    SigninLink.issue(astrid, reason="She rang and could not get in", is_impersonation=True)
    text = at(astrid).get("/me/").content.decode()
    for word in ("astrid@example.org", "Mine support", "Kiruna", "She rang and could not get in"):
        assert word in text


def test_nobody_elses_things_stand_there(at: Any, astrid: Person, bjorn: Person) -> None:
    SigninLink.issue(bjorn, reason="Between Björn and us", is_impersonation=True)
    text = at(astrid).get("/me/").content.decode()
    assert "Between Björn" not in text


def test_objections_are_kept_and_taken_back(at: Any, astrid: Person) -> None:
    at(astrid).post("/me/objections/", {"moment": ["reuse", "who"]})
    assert [objection.moment for objection in Objection.objects.filter(person=astrid)] == ["stranger"]
    at(astrid).post("/me/objections/", {"moment": ["reuse", "who", "stranger", "nonsense"]})
    assert not Objection.objects.exists()


def test_whoever_is_signed_in_for_another_sees_nothing_private(at: Any, astrid: Person, bjorn: Person) -> None:
    Block.objects.create(blocker=astrid, blocked=bjorn)
    client = at(astrid)
    session = client.session
    session["impersonated"] = "Astrid Nyman"
    session.save()
    text = client.get("/me/").content.decode()
    assert "Björn" not in text
    assert "What is private stays so" in text
    for path in ("/accounts/password/change/", "/accounts/password/set/", "/accounts/2fa/", "/accounts/email/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert client.get("/accounts/logout/").status_code == 200


def test_a_guest_has_a_page_of_their_own(at: Any, gosta: Person) -> None:
    assert b"Guest: reads only" in at(gosta).get("/me/").content
