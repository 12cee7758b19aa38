#!/usr/bin/env bash
# Prints the first Python of at least 3.11 that can make an environment.
set -u
for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "需要 Python 3.11 或更新版本（含 venv 模块）。 Python 3.11 or newer with its venv module is needed." >&2
exit 1
