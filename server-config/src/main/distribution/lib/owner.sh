# Sets $root to where etc and var are: root_of HOME ARGUMENT...
root_of() {
    root=${INTELMQ_ROOT_DIR:-$1}
    shift
    take=false
    for argument; do
        if $take; then root=$argument; fi
        take=false
        case $argument in
            --root) take=true ;;
            --root=*) root=${argument#--root=} ;;
        esac
    done
    case $root in /*) ;; *) root=$PWD/$root ;; esac
}

# Root does the work of the user to whom the folders in $root belong, as IntelMQ's commands do: as_owner PROGRAM ARGUMENT...
# What root made there, the server could neither read nor change.
as_owner() {
    [ "$(id -u)" = 0 ] || return 0
    folder=$root/var
    [ -d "$folder" ] || folder=$root/etc
    owner=$(stat -L -c '%u %g %U' -- "$folder" 2>/dev/null) || return 0
    IFS=' ' read -r uid gid name <<OWNER
$owner
OWNER
    [ "$uid" != 0 ] || return 0
    if ! command -v setpriv >/dev/null; then
        echo "intelmq: $folder belongs to the user $name ($uid): run this as that user, not as root (sudo -u '#$uid' ${1##*/} ...)" >&2
        exit 1
    fi
    if [ "$name" = UNKNOWN ]; then
        exec setpriv --reuid "$uid" --regid "$gid" --clear-groups -- "$@"
    fi
    exec setpriv --reuid "$uid" --regid "$(id -g -- "$name")" --init-groups -- "$@"
}
