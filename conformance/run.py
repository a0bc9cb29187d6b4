"""Runs published clients against a real `parlance dev`, each against a server and a data folder of its own.

    run.sh [client…]

A client is a folder beside this file that holds `smoke.js` or `smoke.py` and its pins. What the runner exports to it, and
how to add one, is in README.md. The last line is `N passed, N failed`, counting steps.
"""

import collections
import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse
import urllib.request

import files

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
CACHE = pathlib.Path(os.environ.get("CONFORMANCE_DIR") or ROOT / "target" / "conformance").resolve()
READY_SECONDS, CLIENT_SECONDS, STOP_SECONDS = 30, 180, 15
VERIFY_TOKEN = "conformance verify token"


def clients(names):
    """The folders to run: those named, else all of them."""
    known = {script.parent.name: script for script in sorted(HERE.glob("*/smoke.*"))}
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"no client {', '.join(unknown)}; there are: {', '.join(known)}")
    return {name: known[name] for name in names or known}


def installed(script):
    """Installs a client's pins into the cache unless it holds just these; answers its command and environment."""
    folder, cache = script.parent, CACHE / script.parent.name
    if (folder / "Cargo.toml").is_file():
        # The pins are those of Cargo.lock, and what was built stays there.
        build = ["--quiet", "--locked", "--manifest-path", folder / "Cargo.toml", "--target-dir", cache]
        subprocess.run(["cargo", "build", *build], cwd=folder, check=True, stdout=sys.stderr)
        return ["node", script], {"RECEIVER": str(cache / "debug" / "receiver")}
    node = script.suffix == ".js"
    pins = ["package.json", "package-lock.json"] if node else ["requirements.txt"]
    made_of = [sys.version.encode(), *((folder / pin).read_bytes() for pin in pins)]
    digest = hashlib.sha256(b"\0".join(made_of)).hexdigest()
    stamp = cache / "pins.sha256"
    if not stamp.is_file() or stamp.read_text() != digest:
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir(parents=True)
        for pin in pins:
            shutil.copy(folder / pin, cache)
        if node:
            quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(["npm", "ci", *quiet], cwd=cache, check=True, stdout=sys.stderr)
        else:
            subprocess.run([sys.executable, "-m", "venv", "venv"], cwd=cache, check=True)
            install = ["-m", "pip", "install", "--require-virtualenv", "-q", "--disable-pip-version-check"]
            subprocess.run(["venv/bin/python", *install, "-r", "requirements.txt"], cwd=cache, check=True)
        stamp.write_text(digest)
    if node:
        return ["node", script], {"NODE_PATH": str(cache / "node_modules")}
    return [cache / "venv" / "bin" / "python", "-W", "ignore", script], {"PYTHONPATH": str(HERE / "lib")}


def binary():
    """The server: PARLANCE_BIN, else a release build of this tree."""
    if os.environ.get("PARLANCE_BIN"):
        return pathlib.Path(os.environ["PARLANCE_BIN"]).resolve()
    subprocess.run(["cargo", "build", "--release", "-p", "parlance"], cwd=ROOT, check=True, stdout=sys.stderr)
    return (ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release" / "parlance").resolve()


class Receiver(http.server.BaseHTTPRequestHandler):
    """A webhook receiver that answers the handshake, takes everything and shows what it took; and files for the server to fetch."""

    served = {path: (kind, body) for path, kind, body in files.SERVED.values()}

    def log_message(self, *_):
        pass

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path in self.served:
            self.answer(200, *self.served[url.path])
        elif url.path == "/taken":
            self.answer(200, "application/json", b"[" + b",".join(self.server.taken) + b"]")
        elif (query.get("hub.mode"), query.get("hub.verify_token")) == ("subscribe", VERIFY_TOKEN):
            self.answer(200, "text/plain", query.get("hub.challenge", "").encode())
        else:
            self.answer(403, "text/plain", b"")

    def do_POST(self):
        self.server.taken.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        self.answer(200, "text/plain", b"")


@contextlib.contextmanager
def receiver():
    """The address of a running receiver."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.taken = collections.deque(maxlen=1000)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def platform(program, folder):
    """A fresh server on a free port; answers its ready line. It must still run at the end and stop when asked."""
    # A script may send more audio and video in a second than the default lets an app; the limit has tests of its own.
    limits = ["--set", "send_media_per_second=100"]
    command = [program, "dev", "--no-inbox", "--data", folder / "data", "--listen", "127.0.0.1:0", "--json", *limits]
    with open(folder / "server.log", "w") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
    try:
        if not select.select([process.stdout], [], [], READY_SECONDS)[0]:
            raise RuntimeError(f"the server said nothing in {READY_SECONDS} s")
        line = process.stdout.readline()
        ready = json.loads(line) if line.startswith(b"{") else {}
        if ready.get("ready") is not True:
            raise RuntimeError(f"the server's first line is not its ready line: {line!r}")
        yield ready
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself with {process.returncode}")
        process.terminate()
        process.wait(STOP_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()


def actors(ready, callback):
    """What a client needs to know, all of it from the ready line. The first two people write, so that windows are open."""
    for person in ready["people"][:2]:
        url = f"{ready['graph'].rstrip('/')}/_parlance/people/{person['username']}/messages"
        body = json.dumps({"to": ready["account"]["username"], "text": "Are you there?"}).encode()
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).close()
    app, page, account, media = ready["app"], ready["page"], ready["account"], ready["media"][0]
    stranger = ready["people"][2]
    return {
        "GRAPH_URL": ready["graph"].rstrip("/"),
        "APP_ID": app["id"],
        "APP_SECRET": app["secret"],
        "APP_TOKEN": app["token"],
        "IG_APP_SECRET": app["instagram_secret"],
        "PAGE_ID": page["id"],
        "TOKEN": page["token"],
        "IG_ID": account["id"],
        "IG_TOKEN": account["token"],
        "IG_USERNAME": account["username"],
        "IGSID": ready["people"][0]["id"],
        "PERSON": ready["people"][0]["username"],
        "IGSID_OTHER": ready["people"][1]["id"],
        "OTHER": ready["people"][1]["username"],
        "IGSID_SILENT": ready["people"][-1]["id"],
        "MEDIA_ID": media["id"],
        "COMMENT_ID": media["comments"][0],
        "STRANGER": stranger["username"],
        "IGSID_STRANGER": stranger["id"],
        "COMMENT_ID_STRANGER": media["comments"][1],
        "VERIFY_TOKEN": VERIFY_TOKEN,
        "CALLBACK": f"{callback}/webhook?kept=1",
        "TAKEN": f"{callback}/taken",
        **{name: f"{callback}{path}" for name, (path, _, _) in files.SERVED.items()},
    }


def run(name, script, program):
    """Runs one client; prints what failed, what waits and a line of counts. Answers how many steps passed and failed."""
    count = {"passed": 0, "failed": 0, "waits": 0}

    def failed(what, note):
        count["failed"] += 1
        print(f"  FAILED {what}\n      " + "\n      ".join(note.splitlines()))

    folder = pathlib.Path(tempfile.mkdtemp(prefix=f"conformance-{name}-"))
    try:
        command, extra = installed(script)
        with receiver() as callback, platform(program, folder) as ready:
            environment = {**os.environ, **extra, **actors(ready, callback)}
            with open(folder / "client.err", "w") as errors:
                result = subprocess.run(
                    command, cwd=folder, env=environment, timeout=CLIENT_SECONDS,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
                )
        if "panicked at" in (folder / "server.log").read_text(errors="replace"):
            failed("the server", "panicked, see its log")
        for line in filter(lambda line: line.startswith('{"step"'), result.stdout.splitlines()):
            step = json.loads(line)
            if step["outcome"] == "failed":
                failed(step["step"], step["note"])
                continue
            count[step["outcome"]] += 1
            if step["outcome"] == "waits":
                print(f"  waits  {step['step']}: {step['note']}")
        if not count["passed"] or (result.returncode and not count["failed"]):
            failed("the client's script", f"ended with {result.returncode} after {count}")
    except (OSError, RuntimeError, ValueError, LookupError, subprocess.SubprocessError) as error:
        failed("the run", f"{type(error).__name__}: {error}")
    if count["failed"]:
        print(f"  logs of the server and the client are in {folder}")
    else:
        shutil.rmtree(folder)
    print(f"{name}: {count['passed']} steps passed, {count['failed']} failed, {count['waits']} wait", flush=True)
    return count["passed"], count["failed"]


def main():
    """Runs the clients named on the command line and ends with the sums."""
    chosen, program = clients(sys.argv[1:]), binary()
    counts = [run(name, script, program) for name, script in chosen.items()]
    passed, failed = map(sum, zip(*counts))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
