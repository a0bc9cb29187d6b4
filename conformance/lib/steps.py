"""What the Python clients share: the actors, and one JSON line on standard output per step."""

import json
import os
import sys
import traceback

_failures = 0


def actor(name):
    """An id, token or address that the runner gives in the environment."""
    if not os.environ.get(name):
        sys.exit(f"{name} is not set: start this client with conformance/run.sh")
    return os.environ[name]


def _report(step, outcome, note=""):
    global _failures
    _failures += outcome == "failed"
    print(json.dumps({"step": step, "outcome": outcome, "note": note[:1500]}), flush=True)


def step(name, run):
    """Runs one step and prints how it went; answers what `run` answered, or None when it threw."""
    try:
        value = run()
    except Exception:
        _report(name, "failed", traceback.format_exc(limit=-3))
        return None
    _report(name, "passed")
    return value


def waiting(rows, refusal):
    """Runs what this release does not serve yet: each must be refused with a Graph error, or it no longer waits.

    `refusal` reads `(status, code, type, message)` from the client's own error.
    """
    for row in rows:
        name, reason = row["step"], row["waits_for"]
        try:
            row["run"]()
        except Exception as error:
            status, code, kind, message = refusal(error)
            if status and 400 <= status < 500 and isinstance(code, int) and kind and message:
                _report(name, "waits", reason)
            else:
                _report(name, "failed", f"waits for {reason}, but is not refused with a Graph error: {error!r}")
        else:
            _report(name, "failed", f"no longer waits for {reason}: make it a step")


def done():
    """Ends the process: 1 when a step failed."""
    sys.exit(1 if _failures else 0)
