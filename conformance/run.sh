#!/usr/bin/env bash
# Runs published clients against the real binary: run.sh [client…]. See README.md.
exec python3 "$(dirname "$0")/run.py" "$@"
