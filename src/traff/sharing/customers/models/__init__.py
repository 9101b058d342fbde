from traff.sharing.customers.models.acquaintance import Acquaintance, Lived, Reach
from traff.sharing.customers.models.approach import Approach, Tip
from traff.sharing.customers.models.customer import Customer, Project
from traff.sharing.customers.models.introduction import CannotAsk, Introduction
from traff.sharing.customers.models.outcome import Helped

__all__ = [
    "Acquaintance",
    "Approach",
    "CannotAsk",
    "Customer",
    "Helped",
    "Introduction",
    "Lived",
    "Project",
    "Reach",
    "Tip",
]
