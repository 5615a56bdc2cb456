#!/usr/bin/env bash
# What a newcomer does, on the machine that a newcomer has: a bare Debian 12 in a temporary folder,
# with git and nothing else, a clone of the commit at HEAD, ./dev demo, ./dev test. Prints what they
# print and how long each took. Needs root, debootstrap, a Debian mirror and some 4 GB.
set -euo pipefail

readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  echo "bare_machine: $*" >&2
  exit 1
}

timed() {
  local begin=$SECONDS
  echo "== $1"
  "${@:2}"
  echo "== $1 took $((SECONDS - begin)) s"
}

# "URI SUITE" of each Debian archive that this machine uses itself, so that mirrors near to it are
# asked; the ordinary ones when it names none.
debian_archives() {
  apt-get indextargets --format '$(REPO_URI) $(CODENAME)' \
    'Created-By: Packages' 'Origin: Debian' 'Component: main' |
    grep -E ' bookworm(-updates|-security)?$' | sort -u -k2,2 || true
}

make_machine() {
  local archives mirror
  archives=$(debian_archives)
  mirror=$(sed -n 's/ bookworm$//p' <<<"$archives")
  debootstrap --variant=minbase --include=git,ca-certificates \
    bookworm "$machine" "${mirror:-http://deb.debian.org/debian}" >"$machine.log" ||
    fail "debootstrap failed:"$'\n'"$(tail -5 "$machine.log")"
  [[ -z $archives ]] || sed 's/.*/deb & main/' <<<"$archives" >"$machine/etc/apt/sources.list"
  # How this machine reaches its mirrors: proxies, certificates, checks switched off.
  apt-config dump | grep '^Acquire::\(https\?\|Check-\|Retries\)' >"$machine/etc/apt/apt.conf.d/90host" || true
  cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
  git -C "$here" bundle create --quiet "$machine/root/twinq.bundle" HEAD
}

# In namespaces of its own: when the command ends, whatever it left running or mounted ends with it.
inside() {
  unshare --mount --pid --fork --kill-child bash -euc '
    mount -t proc proc "$0/proc"
    mount --rbind /dev "$0/dev"
    exec chroot "$0" /usr/bin/env -i HOME=/root TERM=dumb PATH=/usr/sbin:/usr/bin:/sbin:/bin \
      ${http_proxy+http_proxy="$http_proxy"} ${https_proxy+https_proxy="$https_proxy"} \
      bash -euc "cd /root; $1"' "$machine" "$1"
}

[[ $EUID -eq 0 ]] || fail "needs root, for debootstrap and chroot"
command -v debootstrap >/dev/null || fail "needs the package debootstrap"

readonly machine=$(mktemp -d "${TMPDIR:-/tmp}/bare_machine.XXXXXX")
trap 'rm -rf --one-file-system "$machine" "$machine.log"' EXIT
trap 'exit 130' INT TERM

chmod 755 "$machine"
timed "making a bare Debian 12" make_machine
timed "git clone" inside "git -c advice.detachedHead=false clone --quiet twinq.bundle twinq"
timed "./dev demo" inside "cd twinq && ./dev demo"
timed "./dev test" inside "cd twinq && ./dev test"
