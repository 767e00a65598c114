# Shared by the scripts of deploy: the Debian packages, and a Swift that is new enough.

# What the builds need; whoever reads this file in installs them.
# shellcheck shell=bash disable=SC2034
packages="libsqlite3-dev libcurl4-openssl-dev libssl-dev libxml2-dev pkg-config"

say() { printf '%s\n' "$*" >&2; }

# Installs what is missing of the packages named, by name, as root or through sudo.
install_packages() {
    local missing="" package root
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "These packages are needed, and this is not a Debian system, so install their like by hand:$missing"
        return 0
    fi
    root=""
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "Missing:$missing. Install them as root: apt-get install$missing"
            exit 1
        fi
        root="sudo"
    fi
    say "Installing$missing"
    $root apt-get update -qq
    # shellcheck disable=SC2086
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# Swift 6.2 or later, from PATH or from where its installers put it.
need_swift() {
    # Whoever reads this file in has names of their own.
    local folder version major minor
    if ! command -v swift >/dev/null 2>&1; then
        for folder in /opt/swift/usr/bin /usr/local/swift/usr/bin "$HOME/.local/share/swiftly/bin"; do
            [ -x "$folder/swift" ] && PATH="$folder:$PATH" && export PATH && break
        done
    fi
    if ! command -v swift >/dev/null 2>&1; then
        say "Swift is missing. Install 6.2 or later from https://www.swift.org/install/linux/ and run this again."
        exit 1
    fi
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
    major=${version% *}
    minor=${version#* }
    if [ -z "$version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
        say "This Swift is too old ($(swift --version 2>&1 | head -n 1))."
        say "Install 6.2 or later from https://www.swift.org/install/linux/ and run this again."
        exit 1
    fi
}
