# How the avocet command's Java is started. Sourced by ./avocet, by ./verify and by bin/avocet of an archive that dist/build makes.

# In a locale without UTF-8 Java could not open a file whose name has an umlaut.
utf8_locale() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]*) ;; *) export LC_ALL=C.UTF-8 ;; esac
}

# Puts Java's options into the array `options`. $1: Java's release; rest: the command's arguments. Exports LC_ALL where need be.
# AVOCET_JVM_OPTIONS has more of them, separated by blanks, which win.
java_options() {
  local release=$1 word command='' more
  shift
  for word in "$@"; do case $word in -*) ;; *) command=$word; break ;; esac; done
  options=(-XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto)
  case $command in
    bench | conformance) ;;
    # Short runs are over before the optimising compiler pays; in long ones it takes up to 20 MB more, now and then, for a percent.
    *) options+=(-XX:TieredStopAtLevel=1) ;;
  esac
  if [ "$command" = camera ]; then weeks; fi
  if [ "$release" -ge 22 ]; then options+=(--enable-native-access=ALL-UNNAMED); fi
  utf8_locale
  if [ -t 2 ]; then options+=(-Davocet.terminal=true); fi
  read -ra more <<<"${AVOCET_JVM_OPTIONS:-}"
  options+=("${more[@]}")
}

# Options for what runs for weeks: each of Java's areas has a bound, the heap is touched at once, so that resident memory is flat, and a
# process without memory ends with 3 and is started again by whoever looks after it. glibc keeps freed memory per arena: two will do.
weeks() {
  options+=(-Xms64m -Xmx512m -Xmn32m -XX:+AlwaysPreTouch -XX:MaxMetaspaceSize=128m -XX:ReservedCodeCacheSize=64m
    -XX:MaxDirectMemorySize=64m -XX:+ExitOnOutOfMemoryError)
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
}
