"""A network between the site and its database that can be cut without either side noticing: a proxy on loopback."""

import contextlib
import selectors
import socket
import threading


class Proxy:
    """Passes bytes between 127.0.0.1:`port` and a server's socket. While it is cut, nothing passes and nothing closes, as
    when a cable is out: what is sent is lost, and new connections get no answer."""

    def __init__(self, target, port):
        self.target, self.cut, self._stopping = str(target), threading.Event(), threading.Event()
        self._listening = socket.create_server(("127.0.0.1", port), backlog=64)
        self._watch, self._open = selectors.DefaultSelector(), []
        self._watch.register(self._listening, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        while not self._stopping.is_set():
            for key, _ in self._watch.select(timeout=0.05):
                if key.fileobj is self._listening:
                    self._accept()
                else:
                    self._pass_on(key.fileobj, key.data)

    def _accept(self):
        near, _ = self._listening.accept()
        self._open.append(near)
        if self.cut.is_set():
            return  # it hangs
        far = socket.socket(socket.AF_UNIX)
        far.connect(self.target)
        self._open.append(far)
        self._watch.register(near, selectors.EVENT_READ, far)
        self._watch.register(far, selectors.EVENT_READ, near)

    def _pass_on(self, source, target):
        try:
            data = source.recv(65536)
            if self.cut.is_set():
                return
            if data:
                target.sendall(data)
        except OSError:
            data = b""
        if not data:
            for end in (source, target):
                with contextlib.suppress(KeyError, ValueError):
                    self._watch.unregister(end)
                end.close()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._stopping.set()
        self._thread.join(timeout=5)
        for end in (*self._open, self._listening):
            end.close()
