# What the JVM has found out about the server's classes: an archive, which saves a quarter of the work of a start. Its name says for
# which Java and which jars it is. With it lies the application, unpacked. Only up to Java 20: writing an archive, or an ahead-of-time
# cache, of a server has been seen to crash Java 25 (25.0.3) at its end. Needs $home and what java.sh sets.

# Since Java 23 the JVM warns of what the broker's libraries do as they always did.
no_warnings=
if [ "$java_version" -ge 23 ]; then no_warnings='--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED'; fi

# Sets $sharing to the JVM's options: for the archive that lies ready beside the jars or in $store, or else for writing it at the end.
classes_of_server() {
    name=classes-$({ "$java" -version 2>&1; LC_ALL=C ls -lL "$home/lib/intelmq.jar" "$home/lib/server" "$home/lib/payara"; } | cksum | cut -d' ' -f1).jsa
    [ -r "$home/lib/$name" ] && store=$home/lib
    classes=$store/$name
    sharing=-Xshare:auto
    case $classes in *" "*) return ;; esac
    take_up_classes
    if [ -r "$classes" ]; then
        sharing="-XX:SharedArchiveFile=$classes $archive_place"
    elif [ -w "$store" ]; then
        rm -f -- "$store"/classes-*.jsa "$store"/classes-*.jsa.new*
        case " $* " in
            *" -h "*|*" --help "*) ;;
            *" run "*) [ "$java_version" -gt 20 ] || sharing="-XX:ArchiveClassesAtExit=$classes.new -Dintelmq.classes-met=$classes.new.met" ;;
        esac
    fi
}

# What the last run has written is used if it is whole and its server was ready, for a start that failed has met few of the classes;
# what is not is written once more.
take_up_classes() {
    if [ -w "$store" ] && [ -f "$classes.new" ] && [ -f "$classes.new.met" ] && "$java" -Xshare:on -XX:+VerifySharedSpaces -XX:SharedArchiveFile="$classes.new" \
            -XX:+UseSerialGC -cp "$home/lib/intelmq.jar" -version >/dev/null 2>&1; then
        mv -f -- "$classes.new" "$classes"
        rm -f -- "$classes.new.met"
    fi
}

# Runs a server with the shipped sample in a folder that is removed again, so that no start of a real one is the first.
prepare() {
    if [ "$java_version" -gt 20 ]; then
        echo "intelmq: nothing can be prepared with Java $java_version, only with 17 to 20" >&2
        return 1
    fi
    store=$home/lib
    [ -w "$store" ] || { echo "intelmq: cannot prepare the start: no permission to write into $store" >&2; return 1; }
    work=$(mktemp -d)
    trap 'rm -rf -- "$work"' EXIT
    trap 'stop_preparing 130' INT
    trap 'stop_preparing 143' TERM
    sample=$work/var/lib/bots/sample-collector
    mkdir -p "$sample"
    cp -R "$home/etc" "$work/"
    cp "$work/etc/sample/feodo-tracker.json" "$sample/"
    INTELMQ_CLASSES=$store sh "$home/bin/intelmq" run --root "$work" --port 0 --once --standstill 120 >"$work/console.txt" 2>&1 &
    server=$!
    if ! wait "$server"; then
        echo "intelmq: the start could not be prepared, for the server did not run through:" >&2
        cat "$work/console.txt" >&2
        return 1
    fi
    classes_of_server
    keep_application
    case $classes in *" "*)
        echo "intelmq: only the application was prepared: Java keeps nothing of its classes in a folder with a space in its name: $store" >&2
        return ;;
    esac
    [ -f "$classes" ] && chmod a+r "$classes" || { echo "intelmq: the start could not be prepared: Java has not written $classes.new whole" >&2; return 1; }
    echo "The next start is a fast one: $classes"
}

# The sample server has nothing to lose.
stop_preparing() {
    kill -KILL "$server" 2>/dev/null || true
    wait "$server" || true
    exit "$1"
}

# Puts what the server has unpacked beside its archive. Older versions stay, for a server may be running from them.
keep_application() {
    mkdir -p -- "$home/lib/application"
    for version in "$work"/var/lib/application/*; do
        [ -d "$version" ] || continue
        kept=$home/lib/application/${version##*/}
        rm -rf -- "$kept" "$kept.new"
        cp -R "$version" "$kept.new"
        chmod -R a+rX "$home/lib/application"
        # what is there is taken for whole, after a loss of power, too
        sync
        mv -f -- "$kept.new" "$kept"
        for older in "$home"/lib/application/*; do
            [ "$older" = "$kept" ] || echo "No longer needed once no server runs that was started before: $older"
        done
    done
}
