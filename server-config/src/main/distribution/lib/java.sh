# Finds a Java that will do; sets $java and $java_version. Keeps what is made from others.
if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || { echo "intelmq: JAVA_HOME is $JAVA_HOME, but $java cannot be run" >&2; exit 1; }
else
    java=$(command -v java) || { echo "intelmq: no Java found: install Java 17 or later, or set JAVA_HOME" >&2; exit 1; }
fi
java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
if [ "${java_version:-0}" -lt 17 ]; then
    echo "intelmq: $java is Java ${java_version:-of an unknown version}, but 17 or later is needed; JAVA_HOME chooses another" >&2
    exit 1
fi
# What is made below var is for its owner and group alone, whatever the caller's umask, which holds for files placed elsewhere.
INTELMQ_CALLERS_UMASK=${INTELMQ_CALLERS_UMASK:-$(umask)}
export INTELMQ_CALLERS_UMASK
umask g-w,o-rwx
