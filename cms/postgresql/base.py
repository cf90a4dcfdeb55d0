"""Django's PostgreSQL backend, with a look at each connection that the pool gives out.

A server that was restarted has closed its end of those that waited in the pool. The kernel knows: asking it is one call
on this machine, and no word to the server, so nobody who answers waits for it, and nobody meets an error (a check by the
pool itself would ask the server each time).
"""

import select

from django.db.backends.postgresql import base

SAID_OR_CLOSED = select.POLLIN | getattr(select, "POLLRDHUP", 0)  # POLLHUP and POLLERR are always told


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        for _ in range(self.pool.max_size if self.pool else 0):
            if not is_gone(connection):
                break
            connection.close()
            self.pool.putconn(connection)  # the pool makes a new one in the place of a closed one
            connection = super().get_new_connection(conn_params)
        return connection


def is_gone(connection):
    """Whether the server has closed it, or said something that nobody asked for: on one that rests it says nothing."""
    if connection.closed:
        return True
    look = select.poll()
    look.register(connection.fileno(), SAID_OR_CLOSED)
    return bool(look.poll(0))
