# How the avocet command's Java is started. Sourced by ./avocet, by ./verify and by bin/avocet of an archive that dist/build makes.

# In a locale without UTF-8 Java could not open a file whose name has an umlaut.
utf8_locale() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]*) ;; *) export LC_ALL=C.UTF-8 ;; esac
}

# Puts Java's options into the array `options`. $1: Java's release; rest: the command's arguments. Exports LC_ALL where need be.
java_options() {
  local release=$1
  shift
  options=(-XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto)
  # Short runs are over before the optimising compiler pays; a benchmark wants it.
  case " $* " in *" bench "* | *" conformance "*) ;; *) options+=(-XX:TieredStopAtLevel=1) ;; esac
  if [ "$release" -ge 22 ]; then options+=(--enable-native-access=ALL-UNNAMED); fi
  utf8_locale
  if [ -t 2 ]; then options+=(-Davocet.terminal=true); fi
}
