# What archives are made of. Sourced by dist/build and native/package after tools/natives.sh, whose variables it shares.

# Size of $1 in MB (10⁶ bytes), rounded up.
megabytes() { du -s --apparent-size -BMB "$1" | cut -f1; }

# Collects the licences of the jars in $1 into folder $2.
collect_licences() {
  local jar name group entries found
  for jar in "$1"/*.jar; do
    name=${jar##*/} name=${name%.jar}
    if matches "$name" 'dev.avocet.*' && { ! matches "$name" '*-linux-*' || left_out "$jar"; }; then continue; fi
    entries=$("$JAVA_HOME/bin/jar" tf "$jar" \
      | grep -iE '^(META-INF/)?[^/]*(license|licence|notice)[^/]*$|share/licenses/.*[^/]$' || true)
    if [ -n "$entries" ]; then
      mkdir -p "$2/$name"
      (cd "$target/unpacked" && xargs -d '\n' "$JAVA_HOME/bin/jar" xf "$jar" <<<"$entries" \
        && xargs -d '\n' mv -t "$2/$name" <<<"$entries")
    fi
    # Where a jar brings none of its own, or only those of its parts.
    found=
    for group in "$home"/dist/licenses/*.txt; do
      group=${group##*/}
      if matches "$name" "${group%.txt}.*"; then cat "$home/dist/licenses/$group" >> "$2/$name.txt"; found=1; fi
    done
    # Natives that are all our own have the licence of all of it.
    [ -n "$found$entries" ] || matches "$name" 'dev.avocet.*' || fail "$name has no licence: put it into dist/licenses"
  done
}

# Adds to the SBOM, from standard input, what Maven does not know of. $1: type, $2: name, $3: version, $4: licence, $5: package URL.
add_component() {
  local part="{ \"type\" : \"$1\", \"bom-ref\" : \"$5\", \"name\" : \"$2\", \"version\" : \"$3\","
  part+=" \"licenses\" : [ { \"expression\" : \"$4\" } ], \"purl\" : \"$5\" },"
  awk -v part="$part" '{print} !done && /^  "components" : \[/ {print "    " part; done = 1} END {exit !done}'
}

# Packs folder $1 into $2/<its name>.tar.gz, with a checksum beside it; two folders that are alike give the same bytes.
write_archive() {
  local folder=$1 name=${1##*/} to=$2
  tar -C "${folder%/*}" --sort=name --format=gnu --mtime="$(property project.build.outputTimestamp)" --owner=0 --group=0 \
    --numeric-owner -cf - "$name" | gzip -9n > "$to/$name.tar.gz"
  (cd "$to" && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
  say "${to#"$home"/}/$name.tar.gz: $(megabytes "$to/$name.tar.gz"), unpacked $(megabytes "$folder")"
}
