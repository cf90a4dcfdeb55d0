"""A log record loses whatever could say who or when: the request, its arguments, the traceback's values (A6)."""

import logging


class BareRecord(logging.Filter):
    """Keeps the message and the class of an exception; drops the request and the traceback."""

    def filter(self, record):
        for name in ("request", "status_code", "server_time"):
            if hasattr(record, name):
                delattr(record, name)
        if record.exc_info:
            record.msg = f"{record.getMessage()} [{record.exc_info[0].__name__}]"
            record.args, record.exc_info, record.exc_text = (), None, None
        record.stack_info = None
        return True
