# Finds a Java that will do; sets $java and $java_version, $java_build for what depends on this very Java, and
# $archive_place for a call with an archive of classes.
# It is not run for that if its folder says which one it is. Keeps what is made from others.
if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || { echo "intelmq: JAVA_HOME is $JAVA_HOME, but $java cannot be run" >&2; exit 1; }
else
    java=$(command -v java) || { echo "intelmq: no Java found: install Java 17 or later, or set JAVA_HOME" >&2; exit 1; }
fi
java_version=
java_build=
release=$(readlink -f -- "$java") && release=${release%/bin/java}/release
if [ -r "$release" ]; then
    while IFS='=' read -r name value; do
        case $name in
            JAVA_VERSION) java_version=${value#\"}; java_version=${java_version%%[!0-9]*}; java_build="$java_build $value" ;;
            IMPLEMENTOR|IMPLEMENTOR_VERSION|JAVA_RUNTIME_VERSION|OS_ARCH) java_build="$java_build $value" ;;
        esac
    done < "$release"
fi
if [ -z "$java_version" ]; then
    java_build=$("$java" -version 2>&1 | tr '\n' ' ')
    java_version=$(echo "$java_build" | sed -n 's/.* version "\([0-9]*\).*/\1/p')
fi
if [ "${java_version:-0}" -lt 17 ]; then
    echo "intelmq: $java is Java ${java_version:-of an unknown version}, but 17 or later is needed; JAVA_HOME chooses another" >&2
    exit 1
fi
# An archive of classes is used where its pointers say that it lies, if there is room. Elsewhere the JVM corrects them all, at each start,
# and has its own copy of what it would share with the file. Another Java may not know the option and would not start.
archive_place=
if [ "$java_version" -le 25 ]; then archive_place='-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0'; fi
# What is made below var is for its owner and group alone, whatever the caller's umask, which holds for files placed elsewhere.
INTELMQ_CALLERS_UMASK=${INTELMQ_CALLERS_UMASK:-$(umask)}
export INTELMQ_CALLERS_UMASK
umask g-w,o-rwx
