# lib — what the three peers share: quiet installing, an own user, a private PostgreSQL, and
# ending by recorded process ids. Sourced with `set -eu` by redmine, rt and fossil.
# SPDX-License-Identifier: MPL-2.0
# shellcheck shell=sh

# The user they run as, when we are root; anybody else runs them as himself.
peer_user=bianmin-peers

# install_quietly PACKAGE... — from Debian, no question asked, no service started or left.
install_quietly() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' \
            || missing="$missing $package"
    done
    if [ "$(id -u)" = 0 ] && ! id "$peer_user" >/dev/null 2>&1; then
        useradd --system --no-create-home --shell /usr/sbin/nologin "$peer_user"
    fi
    [ -n "$missing" ] || return 0
    [ "$(id -u)" = 0 ] || { echo "to install$missing one must be root" >&2; exit 1; }

    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Options::=--force-confold $missing
}

# answer_before PACKAGE QUESTION TYPE VALUE — to what installing it would ask.
answer_before() {
    [ "$(id -u)" != 0 ] || echo "$*" | debconf-set-selections
}

# $as_peer COMMAND... — as the own user.
as_peer=
[ "$(id -u)" != 0 ] || as_peer="setpriv --reuid $peer_user --regid $peer_user --clear-groups"

# folder_of FOLDER — an absolute path; the folder is there and the peer's own.
folder_of() {
    mkdir -p "$1"
    [ "$(id -u)" != 0 ] || chown "$peer_user:" "$1"
    cd "$1" && pwd -P
}

# in_background NAME FOLDER COMMAND... — a process group of its own; its id is in the folder.
in_background() {
    name=$1 folder=$2
    shift 2
    exec $as_peer setsid "$@" >"$folder/$name.out" 2>&1 </dev/null &
    echo $! >"$folder/$name.pid"
}

# group_lives ID — whether anybody of the group still does something.
group_lives() {
    ps -e -o pgid=,stat= | awk -v g="$1" '$1 == g && $2 !~ /^Z/ { n++ } END { exit n == 0 }'
}

# end_recorded FOLDER NAME — the group that in_background wrote down, and nothing else.
end_recorded() {
    file=$1/$2.pid
    [ -s "$file" ] || return 0
    group=$(cat "$file")
    kill -- "-$group" 2>/dev/null || true
    tries=0
    while group_lives "$group" && [ $tries -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    ! group_lives "$group" || kill -9 -- "-$group"
    rm -f "$file"
}

# free_port — one that nobody listens on at this moment.
free_port() {
    perl -MIO::Socket::INET -e \
        'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1:0")->sockport'
}

# several N COMMAND... — what it prints N times, as a list for job.json.
several() {
    left=$1 list=
    shift
    while [ "$left" -gt 0 ]; do
        one=$("$@")
        [ -n "$one" ] || return 1
        list="$list${list:+, }\"$one\""
        left=$((left - 1))
    done
    echo "$list"
}

# wait_for URL SECONDS — until it answers at all.
wait_for() {
    tries=0
    until curl -s -o /dev/null --max-time 30 "$1"; do
        tries=$((tries + 1))
        [ $tries -lt $(($2 * 2)) ] || { echo "$1 does not answer" >&2; return 1; }
        sleep 0.5
    done
}

# A PostgreSQL of its own, all of it in the folder (its socket and shared memory too), durable
# as it comes.
pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)

pg_start() {
    if [ ! -d "$1/pg" ]; then
        $as_peer "$pg_bin/initdb" -D "$1/pg" -U peer -A trust -E UTF8 --locale=C.UTF-8 \
            >"$1/initdb.out"
    fi
    $as_peer "$pg_bin/pg_ctl" -D "$1/pg" -w -l "$1/pg.log" start >/dev/null \
        -o "-c listen_addresses='' -c unix_socket_directories=$1 -c shared_buffers=256MB \
-c dynamic_shared_memory_type=mmap"
}

pg_stop() {
    [ ! -s "$1/pg/postmaster.pid" ] || $as_peer "$pg_bin/pg_ctl" -D "$1/pg" -m fast stop >/dev/null
}

pg_sql() {
    $as_peer psql -h "$1" -U peer -X -q -A -t -v ON_ERROR_STOP=1 "$2" -c "$3"
}

# verbs NAME "$@" — install | start FOLDER | count FOLDER | stop FOLDER.
verbs() {
    name=$1 verb=${2:-} folder=${3:-}
    case $verb in
        install) peer_install ;;
        start | count | stop)
            [ -n "$folder" ] || { echo "$name $verb FOLDER" >&2; exit 2; }
            folder=$(folder_of "$folder")
            "peer_$verb" "$folder"
            ;;
        *) echo "$name install | start FOLDER | count FOLDER | stop FOLDER" >&2; exit 2 ;;
    esac
}
