"""Process trees, from /proc, and their CPU time: other work on the machine disturbs it less than elapsed time."""

import os


def processes_below(root):
    """The process and all that it started and that still run."""
    parents, _ = _read_processes()
    return [pid for pid in parents if _below(pid, root, parents)]


def tree_cpu(root):
    """CPU seconds used so far by a process, all it started, and those of them that ended."""
    parents, used = _read_processes()
    ticks = sum(spent for pid, spent in used.items() if _below(pid, root, parents))
    return ticks / os.sysconf("SC_CLK_TCK")


def _read_processes():
    """({pid: its parent}, {pid: ticks of CPU})."""
    parents, used = {}, {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry)], used[int(entry)] = int(fields[1]), sum(int(part) for part in fields[11:15])
    return parents, used


def _below(pid, root, parents):
    while pid and pid != root:
        pid = parents.get(pid, 0)
    return pid == root
