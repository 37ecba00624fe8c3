"""Output of the benchmarks: Markdown tables, figures with their goals."""

import os
import platform


def head(title, *columns):
    print("\n### %s\n" % title)
    print("| " + " | ".join(columns) + " |")
    print("|" + " --- |" * len(columns))


def line(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def against(value, goal, most=True):
    met = value <= goal if most else value >= goal
    return "%.2f (%s %g: %s)" % (value, "≤" if most else "≥", goal,
                                 "met" if met else "**missed**")


def ratios(title, figures, base, goals):
    """A table of cases compared with one of them; goals: upper limits by case name."""
    head(title, "what", "CPU s", "wall s", "range of CPU s", "CPU to the first")
    for name, f in figures.items():
        ratio = f.cpu / figures[base].cpu
        line(name, "%.3f" % f.cpu, "%.3f" % f.wall, f.spread,
             against(ratio, goals[name]) if name in goals else "%.2f" % ratio)


def processor():
    with open("/proc/cpuinfo") as f:
        for text in f:
            if text.startswith("model name"):
                return text.split(":", 1)[1].strip()
    return platform.machine()


def setup_line(session, more=""):
    """The machine and software behind the figures."""
    return "%s, %d cores; PostgreSQL %s; segment %s%s." % (
        processor(), os.cpu_count(), session.value("SHOW server_version").split()[0],
        session.value("SELECT extversion FROM pg_extension WHERE extname = 'segment'"), more)
