#!/usr/bin/env python3
"""The same dossiers by `maillage` and by three general solvers on its exported model.

    python3 -m venv venv && venv/bin/pip install highspy pyscipopt ortools
    venv/bin/python benches/compare/compare.py --maillage target/release/maillage \
        --limite 60 DOSSIER [DOSSIER...]

For each dossier: `maillage exporter --format mps`, then `maillage resoudre` and each solver on
that file, one after the other on the same machine, with the same limit and number of threads.
Values are those of plans (higher is better). The columns 1%, 0.1% and 0.01% are the seconds until
the gap between a solver's own bound and value was within that, or `-`; for `maillage` each is a run
of its own with `--ecart`. Reading files and writing documents count for nobody. A solver that is
not installed is said and left out.
"""

import argparse
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time

GAPS = (1e-2, 1e-3, 1e-4)


class Trace:
    """Values and bounds as they come: (seconds, value or None, bound or None)."""

    def __init__(self, name):
        self.name, self.begun, self.points = name, time.perf_counter(), []
        self.status = "?"

    def add(self, value, bound, seconds=None):
        """Infinite and absent figures are None."""
        value, bound = (None if abs(figure) > 1e15 else figure for figure in (value, bound))
        seconds = time.perf_counter() - self.begun if seconds is None else seconds
        self.points.append((seconds, value, bound))

    @property
    def seconds(self):
        return self.points[-1][0] if self.points else float("nan")

    @property
    def value(self):
        values = [value for _, value, _ in self.points if value is not None]
        return max(values, default=None)

    @property
    def bound(self):
        bounds = [bound for _, _, bound in self.points if bound is not None]
        return min(bounds, default=None)

    def time_to(self, reached):
        """First time at which `reached(value, bound)` holds of the best of both so far."""
        value, bound = None, None
        for seconds, new_value, new_bound in self.points:
            value = new_value if value is None else max(value, new_value or value)
            bound = new_bound if bound is None else min(bound, new_bound or bound)
            if value is not None and reached(value, bound):
                return seconds
        return None


def gap(value, bound):
    if value is None or bound is None:
        return None
    return max(bound - value, 0.0) / max(abs(value), 1.0)


def within(limit):
    return lambda value, bound: bound is not None and gap(value, bound) <= limit


def by_maillage(program, dossier, limit, threads):
    trace = Trace("maillage")
    for wanted in (*GAPS, 0):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "plan")
            command = [program, "--json", "resoudre", dossier, "-o", out, "--fils", str(threads)]
            command += ["--limite", f"{limit}s", "--ecart", f"{100 * wanted}%"]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                trace.status = f"exit {done.returncode}: {done.stderr.strip()[-200:]}"
                return trace
            plan, run = (read_json(out, name) for name in ("plan.json", "execution.json"))
        trace.status = plan["statut"]
        trace.add(plan["objectif"], plan["borne"], run["duree_s"])
    return trace


def read_json(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return json.load(file)


def by_highs(model, limit, threads):
    import highspy

    trace = Trace("HiGHS")
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", threads)
    highs.setOptionValue("time_limit", float(limit))
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.99)
    highs.readModel(model)
    trace.begun = time.perf_counter()

    def note(event):
        out = event.data_out
        trace.add(-out.mip_primal_bound, -out.mip_dual_bound)

    highs.cbMipInterrupt += note
    highs.cbMipImprovingSolution += note
    highs.run()
    info = highs.getInfo()
    trace.status = highs.modelStatusToString(highs.getModelStatus())
    trace.add(-info.objective_function_value, -info.mip_dual_bound)
    return trace


def by_scip(model, limit, threads):
    import pyscipopt

    class Note(pyscipopt.Eventhdlr):
        events = pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, pyscipopt.SCIP_EVENTTYPE.NODESOLVED

        def eventinit(self):
            for event in self.events:
                self.model.catchEvent(event, self)

        def eventexit(self):
            for event in self.events:
                self.model.dropEvent(event, self)

        def eventexec(self, event):
            trace.add(-self.model.getPrimalbound(), -self.model.getDualbound())

    trace = Trace("SCIP")
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.readProblem(model)
    scip.setParam("limits/time", float(limit))
    scip.setParam("limits/absgap", 0.99)
    scip.includeEventhdlr(Note(), "note", "notes values and bounds")
    trace.begun = time.perf_counter()
    scip.optimize()
    trace.status = scip.getStatus()
    trace.add(-scip.getPrimalbound(), -scip.getDualbound())
    return trace


def by_cp_sat(model, limit, threads):
    from ortools.linear_solver.python import model_builder

    trace = Trace("CP-SAT")
    problem = model_builder.Model()
    if not problem.import_from_mps_file(model):
        trace.status = "unreadable"
        return trace
    solver = model_builder.Solver("sat")
    solver.enable_output(True)
    solver.set_time_limit_in_seconds(limit)
    solver.set_solver_specific_parameters(f"num_workers:{threads} absolute_gap_limit:0.99")
    # The log is the only place where it tells of progress, with its own clock:
    # "#3  1.25s best:-123 next:[-130,-124] ...".
    number = r"(-?[0-9.e+]+|-?inf)"
    progress = re.compile(rf"^#\S+\s+([0-9.]+)s.*best:{number}\s+next:\[{number},{number}\]")
    trace.begun = time.perf_counter()
    with tempfile.TemporaryFile("w+") as log:
        kept = os.dup(1)
        os.dup2(log.fileno(), 1)
        status = solver.solve(problem)
        os.dup2(kept, 1)
        log.seek(0)
        for found in filter(None, map(progress.match, log)):
            trace.add(-float(found[2]), -float(found[3]), float(found[1]))
    trace.status = status.name
    if status.name in ("OPTIMAL", "FEASIBLE"):
        trace.add(-solver.objective_value, -solver.best_objective_bound)
    return trace


SOLVERS = {"highs": by_highs, "scip": by_scip, "cp-sat": by_cp_sat}


def alone(name, model, limit, threads):
    """In a process of its own: OR-Tools and highspy bring two HiGHS that clash in one."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(SOLVERS[name], (model, limit, threads))


def show(number, digits=0):
    return "-" if number is None else f"{number:.{digits}f}"


def table(dossier, traces):
    print(f"\n{dossier}")
    heads = ["solver", "value", "bound", "gap", "s", "1%", "0.1%", "0.01%", "end"]
    print("{:10}{:>11}{:>11}{:>11}{:>9}{:>8}{:>8}{:>8}  {}".format(*heads))
    for trace in traces:
        gap_now = gap(trace.value, trace.bound)
        times = [show(trace.time_to(within(limit)), 2) for limit in GAPS]
        percent = "-" if gap_now is None else f"{100 * gap_now:.4f} %"
        print(
            f"{trace.name:10}{show(trace.value):>11}{show(trace.bound):>11}{percent:>11}"
            f"{trace.seconds:>9.2f}{times[0]:>8}{times[1]:>8}{times[2]:>8}  {trace.status}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dossiers", nargs="+")
    parser.add_argument("--maillage", default="target/release/maillage")
    parser.add_argument("--limite", type=int, default=60, help="seconds for each solver")
    parser.add_argument("--fils", type=int, default=2, help="threads of each solver")
    parser.add_argument("--solveurs", nargs="*", default=list(SOLVERS), choices=list(SOLVERS))
    arguments = parser.parse_args()
    print(f"{os.cpu_count()} cores, {arguments.fils} threads, {arguments.limite} s each (SCIP: one thread)")
    for dossier in arguments.dossiers:
        with tempfile.TemporaryDirectory() as folder:
            model = os.path.join(folder, "model.mps")
            export = [arguments.maillage, "exporter", dossier, "--format", "mps", "-o", model]
            subprocess.run(export, check=True, stdout=subprocess.DEVNULL)
            traces = [by_maillage(arguments.maillage, dossier, arguments.limite, arguments.fils)]
            for name in arguments.solveurs:
                try:
                    traces.append(alone(name, model, arguments.limite, arguments.fils))
                except ImportError as missing:
                    print(f"SKIPPED {name}: {missing}", file=sys.stderr)
            table(dossier, traces)


if __name__ == "__main__":
    main()
