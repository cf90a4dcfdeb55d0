"""A process that has loaded the site and forks one for each job: a start takes two seconds, a fork some milliseconds.

The process that loads opens no connection and runs no job itself. A job is what Python is given on its command line; it
runs in a process group of its own, so that it can be killed.
"""

import contextlib
import importlib
import json
import os
import runpy
import subprocess
import sys
import time


class LoadedSite:
    """The side of the tests: starts jobs in one environment."""

    def __init__(self, folder, environment):
        self.environment = environment
        self.running = subprocess.Popen(
            [sys.executable, "-m", "tests.loaded_site"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **asked):
        """The reply of the process to one line."""
        self.running.stdin.write(json.dumps(asked) + "\n")
        self.running.stdin.flush()
        return json.loads(self.running.stdout.readline())

    def start(self, arguments, *, out, errors=None, **more):
        """Start a job; what it says goes to files. `more` are variables of its environment."""
        pid = self.ask(arguments=[*map(str, arguments)], out=str(out), errors=str(errors or out), more=more)
        return Job(self, pid)

    def load(self, module):
        """Load one more module, once for all jobs that follow."""
        self.ask(module=module)

    def end(self):
        self.running.communicate()


class Job:
    """A forked process, with the methods of a Popen that tests use."""

    def __init__(self, site, pid):
        self.site, self.pid, self.returncode = site, pid, None

    def poll(self):
        """The exit code, or None while it runs; a killed one's is negative."""
        if self.returncode is None:
            self.returncode = self.site.ask(ended=self.pid)
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def wait(self, timeout=600):
        until = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(self.pid, timeout)
            time.sleep(0.005)
        return self.returncode


def serve():
    """Load the site; then fork a process for each job that a line of the input asks for."""
    import django

    django.setup()
    for line in sys.stdin:
        asked = json.loads(line)
        if "ended" in asked:
            reply = ended(asked["ended"])
        elif "module" in asked:
            reply = bool(importlib.import_module(asked["module"]))
        elif reply := os.fork():
            with contextlib.suppress(OSError):
                os.setpgid(reply, reply)
        else:
            run(**asked)
        print(json.dumps(reply), flush=True)


def ended(pid):
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def run(arguments, out, errors, more):
    """Be the job, as `python *arguments`."""
    code = 1
    try:
        os.setpgid(0, 0)
        for file, number in (os.devnull, 0), (out, 1), (errors, 2):
            os.dup2(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT), number)
        os.environ |= more
        like_python(*arguments)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:  # noqa: BLE001  nothing of a job may come back to the process that forked it
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def like_python(first, *others):
    """Run `-c code`, `-m module` or a script with its arguments."""
    if first == "-c":
        sys.argv = ["-c", *others[1:]]
        exec(others[0], {"__name__": "__main__"})
    elif first == "-m":
        sys.argv = [*others]
        runpy.run_module(others[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = [first, *others]
        runpy.run_path(first, run_name="__main__")


if __name__ == "__main__":
    serve()
