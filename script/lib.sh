# shellcheck shell=bash disable=SC2034
# What the scripts in this folder share: where things live, which versions are pinned, and how a step is reported.
# Sourced, never run. It installs nothing and starts nothing.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${BATON_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/baton}
TOOLS=$CACHE/tools
LOGS=$CACHE/log
ENV_FILE=$CACHE/env.sh
mkdir -p "$TOOLS/bin" "$LOGS"

# Each version is written down once, in the file that needs it anyway.
RUST_VERSION=$(sed -n 's/^channel = "\(.*\)"/\1/p' "$ROOT/rust-toolchain.toml")
RUST_VERSION_MIN=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml")
WASM_BINDGEN_VERSION=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' "$ROOT/Cargo.toml")
TAILWIND_VERSION=$(sed -n 's/.*"@tailwindcss\/cli": "\([0-9.]*\)".*/\1/p' "$ROOT/package.json")
CARGO_LEPTOS_VERSION=0.3.11
NEXTEST_VERSION=0.9.143
NODE_MAJOR_MIN=20

# A whole run reports its time from here; SECONDS is bash's own clock.
say() { printf '%s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# elapsed SECONDS: 7 s, 1 min 05 s.
elapsed() {
  if (($1 < 60)); then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# at_least VERSION MINIMUM: is the first one equal or newer?
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Says every quarter of a minute how far a long step is, from what the step has written to its log so far.
report_progress() {
  local log=$1 started=$SECONDS crates current
  # The sleep holds neither our output nor a lock open when it outlives us.
  while sleep 15 >/dev/null 2>&1 9>&- && kill -0 $$ 2>/dev/null; do
    crates=$(grep -cE '^ *(Compiling|Checking) ' "$log" 2>/dev/null || true)
    current=$(grep -E '^ *(Compiling|Checking|Downloading|Unpacking|Setting up|PASS|FAIL|SLOW|✓|✘|\[ *[0-9]+%\]) ?' "$log" 2>/dev/null | tail -n 1 | cut -c 1-90 || true)
    current=$(sed 's/^ *//; s/ *([^)]*)$//' <<<"$current")
    if ((crates > 0)); then
      say "    … $crates crates, now: $current ($(elapsed $((SECONDS - started))))"
    else
      say "    … ${current:-still at it} ($(elapsed $((SECONDS - started))))"
    fi
  done
}

# logged LOG COMMAND…: runs the command with its output in a log file of the cache, with progress lines meanwhile. Returns
# the command's status. The command stands in the foreground, so that Ctrl-C reaches it.
logged() {
  local log=$LOGS/$1.log status=0 ticker
  shift
  : >"$log"
  report_progress "$log" &
  ticker=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  return "$status"
}

# try_step LABEL LOG COMMAND…: one line before, one after; the caller decides what a failure means.
try_step() {
  local label=$1 log=$2 started=$SECONDS status=0
  shift 2
  say "→ $label"
  logged "$log" "$@" || status=$?
  if ((status == 0)); then say "  done in $(elapsed $((SECONDS - started)))"; fi
  return "$status"
}

# step LABEL LOG COMMAND…: as above, but a failure shows the log's end and ends the script.
step() {
  local label=$1 log=$2
  if ! try_step "$@"; then
    printf '\n' >&2
    tail -n 40 "$LOGS/$log.log" >&2
    fail "this step failed: $label. The whole log: $LOGS/$log.log"
  fi
}

# Loads what bootstrap found or installed; without it there is nothing to build with.
load_env() {
  [ -r "$ENV_FILE" ] || fail "run script/bootstrap first: it sets up the tools and writes $ENV_FILE"
  # shellcheck source=/dev/null
  . "$ENV_FILE"
  export PATH="$ROOT/node_modules/.bin:$PATH"
  export LEPTOS_TAILWIND_VERSION="v$TAILWIND_VERSION"
}

# npm_packages FOLDER: installs what the folder's package-lock.json names, unless exactly that is there already.
npm_packages() {
  local folder=$1 want
  want=$(cksum <"$folder/package-lock.json")
  if [ "$(cat "$folder/node_modules/.baton-lock" 2>/dev/null)" = "$want" ]; then return 0; fi
  # Not 'npm ci': it refuses a lock file without the binaries of every other platform, and not every registry serves
  # those. This installs the locked versions as well, and leaves the lock file alone. No install scripts: none of our
  # packages needs one, and Playwright's browser comes from the system.
  (cd "$folder" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-save --ignore-scripts --no-audit --no-fund) || return 1
  printf '%s\n' "$want" >"$folder/node_modules/.baton-lock"
}
npm_packages_present() {
  [ "$(cat "$1/node_modules/.baton-lock" 2>/dev/null)" = "$(cksum <"$1/package-lock.json")" ]
}

# The browser for end-to-end tests: BATON_CHROMIUM, or one that is installed.
find_chromium() {
  local name
  if [ -n "${BATON_CHROMIUM:-}" ]; then
    printf '%s\n' "$BATON_CHROMIUM"
    return 0
  fi
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    # Ubuntu's chromium-browser is only a pointer to a snap, so ask each for its version.
    if have "$name" && timeout 20 "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return 0
    fi
  done
  # Playwright's own download, where that works.
  name=$(cd "$ROOT/end2end" && node -p 'require("@playwright/test").chromium.executablePath()' 2>/dev/null) || return 1
  [ -x "$name" ] && printf '%s\n' "$name"
}

# Is something listening on this port of 127.0.0.1?
port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The folder with initdb and pg_ctl: Debian keeps them off PATH.
find_postgres_bin() {
  local folder
  folder=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  if [ -n "$folder" ] && [ -x "$folder/initdb" ]; then
    printf '%s\n' "$folder"
  elif have initdb; then
    dirname "$(command -v initdb)"
  else
    return 1
  fi
}
