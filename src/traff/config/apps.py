"""The rooms of the house, floor by floor from the top. Nobody below config knows everyone."""

APPS = [
    "traff.doors.registers",
    "traff.heart.matching",
    "traff.attention.stream",
    "traff.attention.notifications",
    "traff.attention.following",
    "traff.sharing.openings",
    "traff.sharing.customers",
    "traff.sharing.content",
    "traff.sharing.conversations",
    "traff.community.groups",
    "traff.community.people",
    "traff.community.topics",
    "traff.ground.search",
    "traff.ground.activity",
    "traff.ground.files",
    "traff.ground.organisation",
    "traff.ground.access",
    "traff.ground.accounts",
    "traff.ground.audit",
    "traff.ground.core",
]
