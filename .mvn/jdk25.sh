# Sets JAVA_HOME to a JDK 25, or explains how to get one and ends the calling script.
# Sourced by mvnw and waxwing, so that both work where `java` is older. POSIX sh.

is_jdk25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null
}

# Prints the first JDK 25 found: the caller's choice, the one on PATH, then the usual places.
find_jdk25() (
  set +f
  javac=$(command -v javac) && javac=$(readlink -f "$javac" 2>/dev/null) || javac=
  for jdk in "${JAVA_HOME-}" "${javac%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$jdk" ] && is_jdk25 "$jdk"; then
      printf '%s\n' "$jdk"
      exit 0
    fi
  done
  exit 1
)

if ! JAVA_HOME=$(find_jdk25); then
  cat >&2 <<'TEXT'
error: Waxwing needs a JDK 25, and none was found.
hint: install Temurin 25 from https://adoptium.net (a package, or an archive unpacked under ~/.jdks),
      or `sdk install java 25-tem`, or on macOS `brew install openjdk@25`;
      elsewhere, set JAVA_HOME to its folder.
TEXT
  exit 1
fi
export JAVA_HOME
