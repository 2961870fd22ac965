# Finds native-image. Sourced by native/test and native/package after tools/jdk.sh. `shared`: the folder of test data.

# Whether what images are linked with, and the stand-in is made by, is there or has been installed now. Sets why.
image_tools() {
  local packages=()
  command -v gcc >/dev/null || packages+=(gcc libc6-dev)
  [ -f /usr/include/zlib.h ] || packages+=(zlib1g-dev)
  command -v xz >/dev/null || packages+=(xz-utils)
  [ ${#packages[@]} -gt 0 ] || return 0
  why="native-image wants the packages ${packages[*]}"
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] && install_packages "what native-image wants" "${packages[@]}"
}

# Exports GRAALVM_HOME with native-image: the one that is named, else a stand-in that $shared/graalvm makes where there is a JDK 25.
# Fails where there is neither; $why then says what is missing, and $jdk25 is the JDK 25 where there is one.
find_native_image() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/native-image-probe log=$home/.cache/native-image.log
  jdk25=$(JAVA_HOME='' AVOCET_JAVA_HOME=${AVOCET_JDK25_HOME:-} find_jdk 25 javac) || jdk25=
  why="GRAALVM_HOME has no bin/native-image"
  if [ -x "${GRAALVM_HOME:-}/bin/native-image" ]; then
    image_tools
    return
  elif [ -z "$jdk25" ]; then
    why+=", and there is no JDK 25 (AVOCET_JDK25_HOME, /usr/lib/jvm) to make one with"
  elif [ ! -x "$shared/graalvm/assemble.sh" ]; then
    why+=", and there is no $shared/graalvm to make one with"
  elif image_tools; then
    mkdir -p "$home/.cache"
    if JDK25_HOME=$jdk25 "$shared/graalvm/assemble.sh" "$cache" >"$log" 2>&1; then
      export GRAALVM_HOME=$cache
      return
    fi
    why+=", and $shared/graalvm/assemble.sh failed: see $log"
  fi
  return 1
}
