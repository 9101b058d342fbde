"""What goes into the log: that something went wrong, and where in the code; neither who asked nor for what address."""

import logging


class WithoutAddress(logging.Filter):
    """Django's request log names the path; a private one must not stand in any log (`docs/trust`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.request" and record.args:
            record.msg, record.args = "A request was answered with %s", (getattr(record, "status_code", "an error"),)
        return True
