from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class RegisteredPeopleOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People come from the organisation's registers; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Handles are given by the register."""
