"""A logging filter that removes personal data: the request, arguments and tracebacks (A6)."""

import logging


class StripPersonalDataFilter(logging.Filter):
    """Keeps the message and the class of an exception. With an exception the message's arguments go too: they often
    hold an address, a path or typed text."""

    def filter(self, record):
        for name in ("request", "status_code", "server_time"):
            if hasattr(record, name):
                delattr(record, name)
        if record.exc_info:
            words = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
            error_class = record.exc_info[0] if isinstance(record.exc_info, tuple) else type(record.exc_info)
            record.msg = f"{words} [{error_class.__name__ if error_class else 'no exception'}]"
            record.args, record.exc_info, record.exc_text = (), None, None
        record.stack_info = None
        return True
