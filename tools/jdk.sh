# Finds a JDK and Maven, and installs what is missing. Sourced by ./avocet and ./verify; works in bash 4 and newer.
# After `need_jdk` JAVA_HOME is exported; messages go to standard error.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# Prints the feature release (17, 21, …) of the Java in folder $1, or 0.
java_release() {
  local line
  if [ -x "$1/bin/java" ] && [ -r "$1/release" ]; then
    while IFS= read -r line; do
      case $line in
        JAVA_VERSION=*)
          line=${line#*=} line=${line//\"/} line=${line#1.}
          printf '%s' "${line%%[!0-9]*}"
          return ;;
      esac
    done < "$1/release"
  fi
  printf 0
}

# Prints the first Java folder of release $1 or newer that has program $2 (java or javac); fails where there is none.
find_jdk() {
  local home on_path=
  if on_path=$(command -v "$2"); then
    on_path=$(readlink -f "$on_path")
    on_path=${on_path%/bin/*}
  fi
  for home in "${AVOCET_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*; do
    if [ -n "$home" ] && [ -x "$home/bin/$2" ] && [ "$(java_release "$home")" -ge "$1" ]; then
      printf '%s' "$home"
      return
    fi
  done
  return 1
}

# Installs Debian packages after saying so, or says what to type and ends the script. $1: what is missing, rest: packages.
install_packages() {
  local missing=$1
  shift
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "$missing is missing; installing $* with apt-get"
    if apt-get update -qq >&2 \
      && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; then
      return
    fi
    say "apt-get could not install $*"
  elif command -v apt-get >/dev/null; then
    say "$missing is missing; install it with: sudo apt-get install $*"
  else
    say "$missing is missing; install it with this system's package manager, or set AVOCET_JAVA_HOME to a JDK"
  fi
  exit 1
}

# Exports JAVA_HOME: a Java of release 17 or newer with program $1 (java or javac), installed if need be.
need_jdk() {
  local home package=openjdk-17-jdk-headless
  if ! home=$(find_jdk 17 "$1"); then
    if command -v apt-cache >/dev/null && [ "$(id -u)" = 0 ]; then
      # Releases that no longer have 17 have a newer one under the default's name.
      apt-get update -qq >&2 || true
      apt-cache show "$package" >/dev/null 2>&1 || package=default-jdk-headless
    fi
    install_packages "a JDK of release 17 or newer (AVOCET_JAVA_HOME, JAVA_HOME, PATH and /usr/lib/jvm have none)" "$package"
    home=$(find_jdk 17 "$1") || { say "$package has no JDK of release 17 or newer"; exit 1; }
  fi
  export JAVA_HOME=$home
}

need_maven() {
  command -v mvn >/dev/null || install_packages "Maven (mvn)" maven
}

# Sets `line`: which line of native libraries is built (docs/compatibility.md), jetpack6 by AVOCET_LINE, else nothing.
which_line() {
  line=${AVOCET_LINE:-}
  case $line in '' | jetpack6) ;; *) say "AVOCET_LINE=$line: there is jetpack6, and without it the default"; exit 2 ;; esac
}
