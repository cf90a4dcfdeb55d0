"""An nginx of the generated configuration before a small upstream."""

import threading

import pytest

from tests.cms.operations.deploy_files.local_nginx import Echo, Nginx, Upstream, plan_on_loopback, run_nginx


@pytest.fixture(scope="module")
def nginx():
    upstream = Upstream(("127.0.0.1", 0), Echo)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    port = upstream.server_address[1]
    with plan_on_loopback(port, port) as (folder, plan), run_nginx(folder, plan):
        yield Nginx(plan, folder, upstream)
    upstream.shutdown()
