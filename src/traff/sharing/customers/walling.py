"""A wall around a customer: from now on those inside alone know of it, by name, alias, link, completion, count and address.

What was written openly stays its authors' to change: they are asked, and nothing is forced.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from traff.ground.access.models import Audience, AudienceKind
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.audit.models import AuditRecord
from traff.ground.search.models import Entry
from traff.sharing.content.models import Authorship, Post
from traff.sharing.customers.findable import make_findable
from traff.sharing.customers.mentions import naming
from traff.sharing.customers.models import Customer, Project


@transaction.atomic
def wall(customer: Customer, *, by: Person | None, people: Iterable[Person]) -> None:
    """Closed for good, as everything closed. By nobody: the register says so. Raises PermissionDenied but for administrators.

    The waller stands inside too, to let others in.
    """
    inside = [*people, *([by] if by else [])]
    if by is not None and (not may(by, Right.ADMINISTER, customer) or customer.seen_by(by) is None):
        raise PermissionDenied(_("Only administrators can wall customers."))
    if not customer.is_walled:
        _close(customer)
        record(actor=by, verb="customer.walled", kind="customer", subject=customer, audience=customer.audience)
    for person in inside:
        customer.audience.add(person)
    if by:
        AuditRecord.write(actor_id=by.pk, verb="customer.walled", kind="customer", subject_id=customer.pk)


def posts_to_ask_about(customer: Customer, reader: Person) -> list[Post]:
    """Open posts that name it, as the waller may read them: before the wall stands, by its links."""
    threads = naming([customer], reader).filter(is_open=True).values("thread")
    roots = Entry.objects.visible_to(reader).filter(pk__in=threads, kind="post").values("subject_id")
    found: list[Post] = list(Post.objects.visible_to(reader).filter(pk__in=roots).newest_first().with_people())
    return found


@transaction.atomic
def ask_authors(posts: Iterable[Post], *, by: Person) -> None:
    """Each author hears, alone, that their post names a customer that is walled now. It is theirs to decide."""
    authored = Authorship.objects.unrestricted("who is to be asked").filter(post__in=posts).select_related("post", "person")
    for authorship in authored:
        private = Audience.objects.private_to(authorship.person)
        record(actor=by, verb="wall.asked", kind="post", subject=authorship.post, audience=private)


def _close(customer: Customer) -> None:
    """A closed circle of its own; its projects stand inside with it."""
    circle = Audience.objects.create(kind=AudienceKind.CONVERSATION, is_open=False)
    inside = [customer, *Project.objects.unrestricted("walled with their customer").filter(customer=customer)]
    for subject in inside:
        subject.audience = circle
        subject.save(update_fields=["audience"])
    make_findable(inside)
