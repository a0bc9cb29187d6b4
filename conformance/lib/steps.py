"""What the Python clients share: the actors, one JSON line on standard output per step, polling, and plain calls to the server."""

import json
import os
import sys
import time
import traceback
import urllib.parse
import urllib.request

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


def until(what, ask, seconds=20):
    """Asks again until `ask` answers something true. The deadline is only for a server that does not do its part."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := ask():
            return found
        time.sleep(0.025)
    raise AssertionError(f"after {seconds} s still not: {what}")


def fetch(url):
    """Media type and bytes of an address."""
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.headers["Content-Type"], answer.read()


def call(method, path, **parameters):
    """One call to the server without any client, for what only the emulator or a dashboard does. Throws unless it answers 2xx."""
    url = urllib.parse.urljoin(actor("GRAPH_URL"), path)
    if method == "GET":
        url += "?" + urllib.parse.urlencode(parameters) if parameters else ""
        return json.loads(fetch(url)[1])
    request = urllib.request.Request(url, json.dumps(parameters).encode(), {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def done():
    """Ends the process: 1 when a step failed."""
    sys.exit(1 if _failures else 0)
