# Takes natives out of jars, as dist/parts says. Sourced by dist/build and native/home after tools/jdk.sh and need_jdk; needs a
# JDK's jar in JAVA_HOME. `home`: the repository; `target`: a folder with jars/, named by group and artifact, and unpacked/.

fail() { say "$*"; exit 1; }

# Prints property $1 of the root pom.
property() { sed -n "s:^ *<$1>\(.*\)</$1>\$:\1:p" "$home/pom.xml" | head -1; }

# Whether file name $1 matches pattern $2.
matches() { case $1 in $2) ;; *) return 1 ;; esac }

# Writes empty libraries into folder $1. $2: platform; rest: names.
empty_libraries() {
  local folder=$1 platform=$2
  shift 2
  "$JAVA_HOME/bin/java" -cp "$(echo "$target"/jars/dev.avocet.avocet-sdk-core-*.jar)" "$home/dist/EmptyLibraries.java" \
    "$platform" "$folder" "$@"
}

# Moves native libraries of platform $1 from jar $2 into folder $3; rest: their names, with ? at the end where one need not be there.
take_natives() {
  local platform=$1 jar=$2 folder=$3 machine name file entry
  # How the publishers name the machine; some jars carry the libraries of all.
  case $platform in linux-x86_64) machine='linux-(x86_64|x64)' ;; *) machine='linux-(arm64|aarch64)' ;; esac
  shift 3
  for name in "$@"; do
    file=${name%\?} file=${file//./\\.}
    if ! entry=$("$JAVA_HOME/bin/jar" tf "$jar" | grep -E "(^|/)$machine/${file//\*/[0-9]+}\$"); then
      [ "${name%\?}" != "$name" ] || fail "${jar##*/} has no $name"
      continue
    fi
    (cd "$target/unpacked" && "$JAVA_HOME/bin/jar" xf "$jar" "$entry" && mv "$entry" "$folder/")
  done
}

# Whether jar $1 has a note in place of natives: why the build has none.
left_out() { "$JAVA_HOME/bin/jar" tf "$1" | grep '/left-out$' >/dev/null; }

# Sorts the jars of platform $1 into the folders of the archive $2, as the file parts says.
sort_jars() {
  local platform=$1 root=$2 for_platform folder pattern list files jar
  local emptied=()
  while read -r for_platform folder pattern list; do
    case $for_platform in "$platform" | '*') ;; *) continue ;; esac
    read -ra files <<<"$list"
    if [ "$pattern" = - ]; then
      if [ -d "$root/$folder" ]; then empty_libraries "$root/$folder" "$platform" "${files[@]}"; fi
      continue
    fi
    for jar in "$target"/jars/*.jar; do
      matches "${jar##*/}" "$pattern.jar" || continue
      mkdir -p "$root/$folder"
      if matches "${jar##*/}" '*-linux-*' && left_out "$jar"; then
        mv "$jar" "$root/$folder/"
      elif [ -n "$list" ]; then
        take_natives "$platform" "$jar" "$root/$folder" "${files[@]}"
        emptied+=("$jar")
      elif ! matches "${jar##*/}" '*-linux-*'; then
        mv "$jar" "$root/$folder/"
      fi
    done
  done < "$home/dist/parts"
  rm -f "${emptied[@]}"
  mkdir -p "$root/jars"
  mv "$target"/jars/*.jar "$root/jars/"
  for jar in "$root"/*/*-linux-*.jar; do left_out "$jar" || fail "${jar##*/} has natives, but the file parts does not name it"; done
}
