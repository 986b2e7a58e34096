#!/bin/sh
# Removes the debug symbols from the given library (125 MB become 16 MB). A library already done is left alone, because a
# running app may have it mapped; for the same reason the new one replaces the old by a rename.
set -eu
library=$1
stamp=$library.stripped
size() { wc -c <"$library" | tr -d ' '; }

if [ "$(cat "$stamp" 2>/dev/null)" = "$(size)" ]; then
  exit 0
fi
if ! command -v strip >/dev/null; then
  echo "warning: 'strip' was not found, so libsignal stays at 125 MB instead of 16 MB; it works all the same." >&2
  echo "hint: install the package binutils and build again." >&2
  exit 0
fi
strip --strip-unneeded -o "$library.tmp" "$library"
mv "$library.tmp" "$library"
size >"$stamp"
