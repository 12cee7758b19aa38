#!/usr/bin/env bash
# Makes sure that the system packages of the named sets are there: through apt where that is allowed,
# else names what is missing in one line. Sets: python window test
set -u
here=$(dirname "$0")

declare -A sets=(
    [python]=""
    [window]="libgl1 libegl1 libglib2.0-0 libdbus-1-3 libxkbcommon0 libfontconfig1
              libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libcups2
              libx11-6 libxext6 libxrandr2 libxss1"
    [test]="xvfb xauth openbox xdotool x11-xserver-utils xserver-xorg-core xserver-xorg-video-dummy"
)
bash "$here/find-python.sh" >/dev/null 2>&1 || sets[python]="python3 python3-venv"

if ! command -v dpkg-query >/dev/null 2>&1; then
    [ "${1:-}" = test ] || echo "Not a Debian-like system: if no window opens, install the equivalents of:" ${sets[window]}
    exit 0
fi

installed() { # also under the name it has since the 64-bit time transition
    local status
    for name in "$1" "$1t64"; do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) && [ "$status" = installed ] && return 0
    done
    return 1
}

missing=()
for set in "$@"; do
    for package in ${sets[$set]}; do installed "$package" || missing+=("$package"); done
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ]; then root=()
elif sudo -n true 2>/dev/null; then root=(sudo -n)
else
    echo "缺少系统软件包，请管理员执行 / missing system packages, please run: sudo apt-get install ${missing[*]}" >&2
    exit 1
fi
echo "Installing system packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { "${root[@]}" apt-get update -q && "${root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "安装失败，请管理员执行 / could not install, please run: sudo apt-get install ${missing[*]}" >&2
    exit 1
fi
