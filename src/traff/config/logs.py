"""What goes into the log: that something went wrong, and where in the code; neither who asked nor for what address."""

import logging
import traceback
from pathlib import Path
from types import TracebackType

from traff.ground.core.privacy import is_private

CODE = Path(__file__).parents[1]


class WithoutAddress(logging.Filter):
    """Django's request log names the path; a private one must not stand in any log (`docs/trust`).

    Of a private page not even the words of an exception: the database's own may name who saved what.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "is_without_address", False):  # it stands before the logger and before its handler
            return True
        record.__dict__["is_without_address"] = True
        request = getattr(record, "request", None)
        if is_private(request):
            where = _where(record.exc_info[2]) if record.exc_info else ""
            record.msg, record.args = "A private page was answered with %s%s", (getattr(record, "status_code", "an error"), where)
            record.exc_info = record.exc_text = record.stack_info = None
            record.__dict__["request"] = None
        elif record.name == "django.request" and record.args:
            record.msg, record.args = "A request was answered with %s", (getattr(record, "status_code", "an error"),)
        return True


def _where(trace: TracebackType | None) -> str:
    """Files and lines of Träff's own code, without a value."""
    ours = [frame for frame in traceback.extract_tb(trace) if Path(frame.filename).is_relative_to(CODE)]
    return "".join(f" < {Path(frame.filename).relative_to(CODE)}:{frame.lineno}" for frame in reversed(ours))
