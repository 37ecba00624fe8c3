"""CPU seconds, wall time and peak memory of this process and of a backend."""

import io
import os
import statistics
import time

import numpy as np
import psycopg2


class Session:
    """A database session whose backend is watched through /proc."""

    SETTINGS = """
        SET max_parallel_workers_per_gather = 0;
        SET work_mem = '64MB';
        SET jit = off;
        SET client_min_messages = error;
    """

    def __init__(self):
        self.connection = psycopg2.connect("")
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()
        self.cursor.execute(self.SETTINGS)
        self.proc = "/proc/%d/" % self.connection.get_backend_pid()

    def run(self, sql, *arguments):
        self.cursor.execute(sql, arguments or None)
        return self.cursor.fetchall() if self.cursor.description else None

    def value(self, sql, *arguments):
        return self.run(sql, *arguments)[0][0]

    def cpu(self):
        """CPU seconds of the backend so far."""
        try:
            with open(self.proc + "schedstat") as f:
                return int(f.read().split()[0]) / 1e9
        except OSError:
            with open(self.proc + "stat") as f:
                fields = f.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def reset_peak(self):
        with open(self.proc + "clear_refs", "w") as f:
            f.write("5")

    def peak(self):
        """Peak of resident memory since reset_peak, in MB."""
        with open(self.proc + "status") as f:
            for line in f:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) / 1024
        raise OSError("no VmHWM")


class Figure:
    """Medians of the runs of one case."""

    def __init__(self):
        self.cpu_runs = []
        self.wall_runs = []
        self.result = None

    @property
    def cpu(self):
        return statistics.median(self.cpu_runs)

    @property
    def wall(self):
        return statistics.median(self.wall_runs)

    @property
    def spread(self):
        return "%.2f–%.2f" % (min(self.cpu_runs), max(self.cpu_runs))


def timed(figure, session, call):
    """Run call once; the CPU time of both sides counts."""
    backend, client = session.cpu(), time.process_time()
    start = time.perf_counter()
    figure.result = call()
    figure.wall_runs.append(time.perf_counter() - start)
    figure.cpu_runs.append(
        session.cpu() - backend + time.process_time() - client)


def interleave(session, runs, cases):
    """Medians of the cases, run alternately so that a slow moment affects all."""
    figures = {name: Figure() for name in cases}
    for run in range(runs + 1):
        for name, call in cases.items():
            # the first round warms the caches and is discarded
            timed(figures[name] if run else Figure(), session, call)
    return figures


def arrays(session, table, label):
    """Vectors v and labels of a table."""
    out = io.BytesIO()
    session.cursor.copy_expert(
        "COPY (SELECT %s::int, array_to_string(v::float8[], E'\\t') FROM %s) TO STDOUT" % (label, table), out)
    data = np.array(out.getvalue().replace(b"\\t", b"\t").replace(b"\n", b"\t").split(b"\t")[:-1], dtype=float)
    data = data.reshape(session.value("SELECT count(*) FROM %s" % table), -1)
    return np.ascontiguousarray(data[:, 1:]), data[:, 0]
