# Runs a class of the command line: command_line CLASS ARGUMENT...; needs $home.
. "$home/lib/java.sh"

# The JVM takes the classes ready from an archive, which belongs to one Java, one place and these jars. The build makes it; where
# it does not fit, it is made again alongside the first call, and until then the classes are loaded as usual.
command_line_options='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss1m'
archive=$home/lib/command-line.jsa
wanted="$java $java_build $home"

command_line() {
    made=
    if [ -f "$archive" ] && [ -r "$archive.for" ]; then
        read -r made < "$archive.for" || true
        for jar in "$home"/lib/command-line/*.jar; do
            # shellcheck disable=SC3013
            if [ "$jar" -nt "$archive" ]; then made=; fi
        done
    fi
    sharing=-Xshare:auto
    if [ "$made" = "$wanted" ]; then
        sharing=-XX:SharedArchiveFile=$archive
    elif [ -w "$home/lib" ]; then
        (share_classes) </dev/null >/dev/null 2>&1 &
    fi
    # shellcheck disable=SC2086
    exec "$java" -Xshare:auto "$sharing" $archive_place -Xlog:disable -Xlog:all=error:stderr $command_line_options \
        -Dsun.reflect.inflationThreshold=10000 -Djdk.reflect.useNativeAccessorOnly=true \
        -Dslf4j.internal.verbosity=ERROR -Dintelmq.home="$home" -cp "$home/lib/command-line/*" "$@"
}

# Whole or not at all, for other calls may read it meanwhile; for all who may run the command line.
share_classes() {
    umask 022
    # shellcheck disable=SC2086
    if "$java" -Xshare:dump $command_line_options -XX:SharedClassListFile="$home/lib/command-line.classes" \
            -XX:SharedArchiveFile="$archive.$$" -cp "$home/lib/command-line/*"; then
        printf '%s\n' "$wanted" > "$archive.for.$$"
        mv -f -- "$archive.$$" "$archive"
        mv -f -- "$archive.for.$$" "$archive.for"
    else
        rm -f -- "$archive.$$" "$archive.for.$$"
        return 1
    fi
}
