"""A logging filter that removes personal data: the request, arguments, and the values in a traceback (A6)."""

import logging

from consultation.domain.failure_trace import trace_without_values


class StripPersonalDataFilter(logging.Filter):
    """Keeps the message, and of an exception the classes and places in the code. With an exception the message's
    arguments go too: they often hold an address, a path or typed text."""

    def filter(self, record):
        for name in ("request", "status_code", "server_time"):
            if hasattr(record, name):
                delattr(record, name)
        if record.exc_info:
            words = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
            error = record.exc_info[1] if isinstance(record.exc_info, tuple) else record.exc_info
            told = trace_without_values(error) if isinstance(error, BaseException) else "no exception"
            record.msg = f"{words} [{told}]"
            record.args, record.exc_info, record.exc_text = (), None, None
        record.stack_info = None
        return True
