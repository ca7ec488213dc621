#!/bin/sh
# Make sure that there is a browser for the tests of the page: take what is there, else install Debian's.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing chromium for the tests of the page"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    exit 0
fi
echo "The tests of the page need Chromium: install it with 'sudo apt-get install chromium' (or put it on the PATH) and run 'make test' again." >&2
exit 1
