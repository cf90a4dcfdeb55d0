"""A log record loses whatever could say who, from where or when: the request, arguments, the traceback (A6)."""

import logging


class BareRecord(logging.Filter):
    """Keeps the words that a programmer wrote and the class of an exception. Where something broke, the values in the
    message go too: they are often an address, a path or what someone typed."""

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
