"""A group in under a minute; its door; who looks after it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from traff.community.groups.findable import draft_of_group
from traff.community.groups.models import Group, LastSteward
from traff.community.groups.tasks import move_clock
from traff.community.people.models import Profile
from traff.ground.access.models import Audience, ClosedStaysClosed, Membership
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Block, Person
from traff.ground.activity.models import Event, record


@pytest.fixture
def club(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Corrosion club", purpose="All that rusts")


@pytest.fixture
def closed(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Parents", purpose="Small children", is_open=False)


@pytest.fixture
def hidden(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Surprise party", is_open=False, is_listed=False)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_group_in_under_a_minute(at: Any, astrid: Person) -> None:
    answer = at(astrid).post("/groups/new/", {"name": "Åka skridskor", "purpose": "Ice", "door": "open"})
    assert answer.headers["Location"] == "/groups/%C3%A5ka-skridskor/"
    group = Group.objects.visible_to(astrid).get()
    assert list(group.stewards()) == [astrid]
    assert "Ice" in text(at(astrid).get(answer.headers["Location"]))


def test_without_a_name_the_form_says_so(at: Any, astrid: Person) -> None:
    assert "This field is required" in text(at(astrid).post("/groups/new/", {"door": "open"}))
    assert not Group.objects.visible_to(astrid).exists()


def test_guests_do_not_start_groups(at: Any, gosta: Person) -> None:
    assert at(gosta).get("/groups/new/").status_code == 404
    assert at(gosta).post("/groups/new/", {"name": "X", "door": "open"}).status_code == 404
    with pytest.raises(PermissionDenied):
        Group.start(by=gosta, name="X")


def test_joining_in_one_click_and_leaving(at: Any, astrid: Person, club: Group) -> None:
    assert at(astrid).get(f"/groups/{club.slug}/membership/").status_code == 405
    at(astrid).post(f"/groups/{club.slug}/membership/")
    assert club.membership_of(astrid)
    heard = Event.objects.visible_to(astrid).filter(verb="group.joined").get()
    assert (heard.actor, heard.audience) == (astrid, club.audience)
    assert f'action="/groups/{club.slug}/membership/end/"' in at(astrid).get(f"/groups/{club.slug}/").content.decode()
    at(astrid).post(f"/groups/{club.slug}/membership/end/")
    assert not club.membership_of(astrid)
    assert at(astrid).post(f"/groups/{club.slug}/membership/end/").status_code == 404


def test_who_cannot_come_back_by_herself_is_asked_before_she_leaves(
    at: Any, astrid: Person, gosta: Person, closed: Group, club: Group
) -> None:
    for person, group in ((astrid, closed), (gosta, club)):
        group.audience.add(person)
        end = f"/groups/{group.slug}/membership/end/"
        for page in (f"/groups/{group.slug}/", "/me/"):
            shown = at(person).get(page).content.decode()
            assert f'href="{end}"' in shown
            assert f'action="{end}"' not in shown, "one touch is not enough"
        asked = text(at(person).get(end))
        assert "You cannot come back by yourself" in asked
        assert group.membership_of(person), "to look is not to leave"
        at(person).post(end)
        assert not group.membership_of(person)
        assert at(person).get(end).status_code == 404


def test_a_closed_door_shows_name_purpose_and_stewards_alone(at: Any, astrid: Person, bjorn: Person, closed: Group) -> None:
    closed.audience.add(bjorn)
    shown = text(at(astrid).get(f"/groups/{closed.slug}/"))
    for word in ("Parents", "Small children", "Cecilia Öberg", "This group is closed", "also reads what was written before"):
        assert word in shown
    assert "Björn" not in shown
    assert at(astrid).get(f"/groups/{closed.slug}/members/").status_code == 404
    at(astrid).post(f"/groups/{closed.slug}/membership/")
    assert not closed.membership_of(astrid)


def test_a_hidden_group_and_none_are_the_same(
    at: Any, astrid: Person, albin: Person, gosta: Person, hidden: Group, cecilia: Person
) -> None:
    for person in (astrid, albin, gosta):
        client = at(person)
        assert "Surprise party" not in text(client.get("/groups/?q=Surprise"))
        for end in ("", "members/", "edit/", "invitations/", "membership/end/"):
            there, nowhere = client.get(f"/groups/{hidden.slug}/{end}"), client.get(f"/groups/nowhere/{end}")
            assert (there.status_code, nowhere.status_code) == (404, 404)
            assert there.content == nowhere.content
        for end in ("membership/", "membership/end/", "invitation/end/", "closing/", "stewards/", "stewards/end/"):
            assert client.post(f"/groups/{hidden.slug}/{end}").status_code == 404
    assert Group.start(by=astrid, name="Surprise party").slug == "surprise-party"  # the address tells nothing either
    assert "Surprise party" in text(at(cecilia).get(f"/groups/{hidden.slug}/"))


def test_invited_one_sees_the_door_and_joins(at: Any, astrid: Person, cecilia: Person, hidden: Group) -> None:
    found = text(at(cecilia).get(f"/groups/{hidden.slug}/invitations/?q=astrid"))
    assert "Astrid Nyman" in found
    at(cecilia).post(f"/groups/{hidden.slug}/invitations/", {"person": "astrid"})
    assert "Cecilia Öberg invites you to" in text(at(astrid).get("/groups/"))
    assert not hidden.is_read_by(astrid)
    at(astrid).post(f"/groups/{hidden.slug}/membership/")
    assert hidden.is_read_by(astrid)
    assert not hidden.invitations.open_for(astrid).exists()


def test_declining_is_silent_and_ends_it(at: Any, astrid: Person, cecilia: Person, hidden: Group) -> None:
    hidden.invite(astrid, by=cecilia)
    at(astrid).post(f"/groups/{hidden.slug}/invitation/end/")
    assert at(astrid).get(f"/groups/{hidden.slug}/").status_code == 404
    assert not Event.objects.visible_to(cecilia).filter(actor=astrid).exists()


def test_only_members_invite_and_nobody_across_a_block(
    at: Any, astrid: Person, bjorn: Person, cecilia: Person, gosta: Person, closed: Group
) -> None:
    assert at(astrid).get(f"/groups/{closed.slug}/invitations/").status_code == 404
    assert at(astrid).post(f"/groups/{closed.slug}/invitations/", {"person": "bjorn"}).status_code == 404
    closed.audience.add(gosta)
    assert at(gosta).post(f"/groups/{closed.slug}/invitations/", {"person": "bjorn"}).status_code == 404
    Block.objects.create(blocker=bjorn, blocked=cecilia)
    assert at(cecilia).post(f"/groups/{closed.slug}/invitations/", {"person": "bjorn"}).status_code == 302  # and it does not show
    assert not closed.invitations.exists()


def test_the_last_steward_is_asked_to_find_another(at: Any, astrid: Person, cecilia: Person, club: Group) -> None:
    club.join(astrid)
    refused = at(cecilia).post(f"/groups/{club.slug}/membership/end/", follow=True)
    assert "only one who looks after this group" in text(refused)
    with pytest.raises(LastSteward):
        club.step_down(cecilia)
    at(cecilia).post(f"/groups/{club.slug}/stewards/", {"person": "astrid"})
    at(cecilia).post(f"/groups/{club.slug}/stewards/end/")
    assert list(club.stewards()) == [astrid]
    at(cecilia).post(f"/groups/{club.slug}/membership/end/")
    assert not club.membership_of(cecilia)


def test_only_stewards_tend(at: Any, astrid: Person, bjorn: Person, albin: Person, club: Group) -> None:
    club.join(astrid)
    for person in (astrid, bjorn, albin):
        client = at(person)
        assert client.get(f"/groups/{club.slug}/edit/").status_code == 404
        assert client.post(f"/groups/{club.slug}/edit/", {"name": "Mine"}).status_code == 404
        assert client.post(f"/groups/{club.slug}/closing/", {"sure": "yes"}).status_code == 404
        assert client.post(f"/groups/{club.slug}/stewards/", {"person": "astrid"}).status_code == 404
        with pytest.raises(PermissionDenied):
            club.close(by=person)
        with pytest.raises(PermissionDenied):
            club.appoint(astrid, by=person)


def test_a_stranger_is_not_appointed(at: Any, bjorn: Person, cecilia: Person, closed: Group) -> None:
    assert at(cecilia).post(f"/groups/{closed.slug}/stewards/", {"person": "bjorn"}).status_code == 404
    with pytest.raises(PermissionDenied):
        closed.appoint(bjorn, by=cecilia)


def test_closing_is_said_twice_and_never_undone(at: Any, astrid: Person, cecilia: Person, club: Group) -> None:
    client = at(cecilia)
    assert "Nobody can undo this" in text(client.get(f"/groups/{club.slug}/edit/"))
    client.post(f"/groups/{club.slug}/closing/")
    assert club.is_read_by(astrid)
    client.post(f"/groups/{club.slug}/closing/", {"sure": "yes"})
    club.refresh_from_db()
    assert not club.is_read_by(astrid)
    assert "stays so" in text(client.get(f"/groups/{club.slug}/edit/"))
    with pytest.raises(ClosedStaysClosed):
        club.audience.open()


def test_a_member_is_shown_out_and_alone_hears(at: Any, astrid: Person, bjorn: Person, cecilia: Person, closed: Group) -> None:
    closed.audience.add(bjorn)
    closed.audience.add(astrid)
    assert at(astrid).post(f"/groups/{closed.slug}/members/end/", {"person": "bjorn"}).status_code == 404
    assert "Remove from the group" not in text(at(astrid).get(f"/groups/{closed.slug}/members/"))
    assert "Remove from the group" in text(at(cecilia).get(f"/groups/{closed.slug}/members/"))
    at(cecilia).post(f"/groups/{closed.slug}/members/end/", {"person": "bjorn"})
    assert not closed.is_read_by(bjorn)
    told = Event.objects.unrestricted("test").get(verb="group.parted")
    assert Event.objects.visible_to(bjorn).filter(pk=told.pk).exists()
    assert not Event.objects.visible_to(astrid).filter(pk=told.pk).exists()


def test_one_who_looks_after_it_is_not_shown_out(at: Any, bjorn: Person, cecilia: Person, closed: Group) -> None:
    closed.audience.add(bjorn, role="steward")
    assert at(cecilia).post(f"/groups/{closed.slug}/members/end/", {"person": "bjorn"}).status_code == 403
    assert closed.is_read_by(bjorn)


def test_describing_anew(at: Any, cecilia: Person, club: Group) -> None:
    at(cecilia).post(f"/groups/{club.slug}/edit/", {"name": "Rust club", "purpose": "Rust", "is_sensitive": "on"})
    club.refresh_from_db()
    assert (club.name, club.purpose, club.is_sensitive, club.slug) == ("Rust club", "Rust", True, "corrosion-club")


def test_a_sensitive_group_shows_its_people_to_members_alone(at: Any, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    group = Group.start(by=cecilia, name="Recovery", is_sensitive=True)
    group.join(bjorn)
    seen = (
        text(at(astrid).get(f"/groups/{group.slug}/")) + text(at(astrid).get("/groups/")) + text(at(astrid).get("/people/bjorn/"))
    )
    assert "Cecilia" not in seen
    assert "2 members" not in seen
    assert "Recovery" not in text(at(astrid).get("/people/bjorn/"))
    assert at(astrid).get(f"/groups/{group.slug}/members/").status_code == 404
    assert not Event.objects.visible_to(astrid).filter(subject_kind="group").exists()
    assert "Cecilia Öberg" in text(at(bjorn).get(f"/groups/{group.slug}/members/"))


def test_open_groups_both_are_in_are_shared(at: Any, astrid: Person, bjorn: Person, club: Group, closed: Group) -> None:
    for person in (astrid, bjorn):
        club.join(person)
        closed.audience.add(person)
    shown = text(at(astrid).get("/people/bjorn/"))
    assert "Corrosion club" in shown[shown.index("What we share") :]
    assert "Parents" not in shown
    assert "Parents" in text(at(astrid).get("/me/"))


def test_a_guest_sees_the_groups_they_were_let_into(at: Any, gosta: Person, club: Group, closed: Group) -> None:
    assert "Corrosion club" not in text(at(gosta).get("/groups/"))
    assert at(gosta).post(f"/groups/{club.slug}/membership/").status_code == 404
    with pytest.raises(PermissionDenied):
        club.join(gosta)
    closed.audience.add(gosta)
    assert "Parents" in text(at(gosta).get("/groups/"))
    assert at(gosta).get(f"/groups/{closed.slug}/").status_code == 200


def test_anonymous_and_former_colleagues_are_asked_to_sign_in(client: Any, at: Any, inga: Person, club: Group) -> None:
    club.audience.add(inga)
    for visitor in (client, at(inga)):
        for path in ("/groups/", "/groups/new/", f"/groups/{club.slug}/", f"/groups/{club.slug}/members/"):
            assert visitor.get(path).status_code == 302
        assert visitor.post(f"/groups/{club.slug}/membership/").status_code == 302
    assert not may(inga, Right.READ, club.audience)


def test_what_is_written_moves_the_group_up(at: Any, astrid: Person, cecilia: Person, club: Group) -> None:
    later = Group.start(by=cecilia, name="Later club")
    assert [group.name for group in Group.objects.visible_to(astrid).newest_activity()] == ["Later club", "Corrosion club"]
    event = record(actor=cecilia, verb="tried", kind="post", subject=later, audience=club.audience)
    for _twice in range(2):
        move_clock(event_id=event.pk)
    shown = text(at(astrid).get("/groups/"))
    assert shown.index("Corrosion club") < shown.index("Later club")


def test_the_lists_cost_the_same_for_few_and_many(at: Any, astrid: Person, cecilia: Person, club: Group) -> None:
    reader = at(astrid)
    for path in ("/groups/", f"/groups/{club.slug}/members/"):
        reader.get(path)
        with CaptureQueriesContext(connection) as few:
            reader.get(path)
        for n in range(5):
            Group.start(by=cecilia, name=f"Group {n}").join(astrid)
            person = Person.objects.create(handle=f"{path.strip('/').replace('/', '-')}{n}", name=f"P {n}")
            Profile.of(person)
            club.join(person)
        with CaptureQueriesContext(connection) as many:
            reader.get(path)
        assert len(many) == len(few)


def test_a_group_is_found_by_whoever_may_know_of_it(club: Group, hidden: Group) -> None:
    assert draft_of_group(club).audience == Audience.objects.everyone()
    assert draft_of_group(hidden).audience == hidden.audience
    assert Membership.objects.filter(audience=hidden.audience).count() == 1
