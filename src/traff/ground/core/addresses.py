"""Addresses of pages by name. Putting one together costs more than the words it stands beside, and it is always the same."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=50_000)
def address_of(name: str, *args: int | str) -> str:
    """`reverse`, remembered: an address depends on nothing but the name and what stands in it."""
    return reverse(name, args=args)
