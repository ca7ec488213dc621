#!/bin/sh
# Make sure that there is a Virtuoso for the tests of remote engines where it may be installed; without it they are skipped.
set -eu
if command -v virtuoso-t >/dev/null 2>&1 && command -v isql-vt >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing virtuoso for the tests of remote engines"
    if apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource-7 virtuoso-opensource-7-bin >/dev/null; then
        exit 0
    fi
    echo "Virtuoso could not be installed: the tests against it are skipped." >&2
    exit 0
fi
echo "The tests against Virtuoso are skipped: install it with 'sudo apt-get install virtuoso-opensource-7 virtuoso-opensource-7-bin' to run them." >&2
exit 0
