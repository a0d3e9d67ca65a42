#!/usr/bin/env bash
# Makes sure that the Debian packages for the named parts are there; installs only what is missing.
# Usage: deploy/prepare.sh PART ...   (python fonts postgresql redis-server chromium libreoffice poppler)
set -euo pipefail

missing=()
for part in "$@"; do
  case "$part" in
    python)
      python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || missing+=(python3)
      python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
      ;;
    fonts)
      [ -n "${EXAMSVC_FONT_PATHS:-}" ] && continue
      [ -d /usr/share/fonts/truetype/lxgw-wenkai ] || missing+=(fonts-lxgw-wenkai)
      [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing+=(fonts-noto-cjk)
      ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql) ;;
    libreoffice) [ -e /usr/lib/libreoffice/program/libswlo.so ] && [ -e /usr/lib/libreoffice/program/libsclo.so ] || missing+=(libreoffice-writer-nogui libreoffice-calc-nogui) ;;
    poppler) command -v pdftoppm >/dev/null || missing+=(poppler-utils) ;;
    redis-server | chromium) command -v "$part" >/dev/null || missing+=("$part") ;;
    *)
      echo "prepare: unknown part $part" >&2
      exit 2
      ;;
  esac
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "missing: ${missing[*]}; install them as root: apt-get install ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null || {
  echo "could not install; try: apt-get install ${missing[*]}" >&2
  exit 1
}
