"""Django's PostgreSQL backend; it discards pooled connections that the server has closed.

After a restart of the server, idle connections are closed at its end. One local poll() reveals that without a query,
so a respondent neither waits nor sees an error. The pool's own check would query the server each time.
"""

import select

from django.db.backends.postgresql import base

READABLE_OR_CLOSED = select.POLLIN | getattr(select, "POLLRDHUP", 0)  # poll() always reports POLLHUP and POLLERR


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        for _ in range(self.pool.max_size if self.pool else 0):
            if not is_connection_closed(connection):
                break
            connection.close()
            self.pool.putconn(connection)  # the pool replaces a closed connection
            connection = super().get_new_connection(conn_params)
        return connection


def is_connection_closed(connection):
    """Whether the server has closed it. Any readable data on an idle connection counts as closed."""
    if connection.closed:
        return True
    look = select.poll()
    look.register(connection.fileno(), READABLE_OR_CLOSED)
    return bool(look.poll(0))
