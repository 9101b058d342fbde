"""Private addresses stand in no log."""

import io
import logging

import pytest
from django.conf import settings
from django.test import Client

from traff.config.logs import WithoutAddress


@pytest.mark.django_db
def test_an_error_is_logged_without_the_address(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutAddress())
    logger = logging.getLogger("django.request")
    caplog.set_level(logging.DEBUG, logger="django.request")
    monkeypatch.setattr(logger, "handlers", [handler])
    monkeypatch.setattr(logger, "propagate", False)
    assert Client().get("/groups/secret-circle/nothing/").status_code == 404
    assert "answered with 404" in out.getvalue()
    assert "secret-circle" not in out.getvalue()


def test_every_handler_of_the_site_has_the_filter() -> None:
    assert all("without_address" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
