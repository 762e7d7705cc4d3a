# What ./run, ./test and .ci/run share; sourced, in the project's folder. Installs only what is missing.
# shellcheck shell=bash

export PIP_DISABLE_PIP_VERSION_CHECK=1
PYTHON=.venv/bin/python

fail() { printf '%s\n' "$*" >&2; exit 1; }

# packages NAME…: Debian packages, where root may install them.
packages() {
    [ "$(id -u)" = 0 ] || fail "缺少系统软件：$*。请用 root 运行 apt-get install $*，再重试。"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        fail "没有装上系统软件：$*。请检查软件源后重试。"
}

# virtual_environment LOCK: .venv with exactly what the lock file names; nothing is done when it has not changed.
virtual_environment() {
    local lock=$1 stamp=.venv/$1.sha256 sum
    command -v python3 >/dev/null || packages python3 python3-venv
    sum=$(sha256sum "$lock" | cut -d' ' -f1)
    [ -x $PYTHON ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return
    python3 -c 'import ensurepip' 2>/dev/null || packages python3-venv
    [ -x $PYTHON ] || python3 -m venv .venv
    $PYTHON -m pip install -q --require-hashes --no-deps -r "$lock" || fail "没有装上 $lock 里的软件包。请检查网络或内网镜像后重试。"
    printf '%s' "$sum" >"$stamp"
    # The test lock contains the other one.
    [ "$lock" = requirements.lock ] || sha256sum requirements.lock | cut -d' ' -f1 | tr -d '\n' >.venv/requirements.lock.sha256
}

free_port() { $PYTHON -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# test_tools: the servers, the browser and the fonts that the tests use.
test_tools() {
    local missing=()
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
    command -v redis-server >/dev/null || missing+=(redis-server)
    command -v chromium >/dev/null || missing+=(chromium)
    fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing+=(fontconfig fonts-noto-cjk)
    [ ${#missing[@]} = 0 ] || packages "${missing[@]}"
}

# start_services: a private PostgreSQL and Redis in a folder of their own; sets PG_URL, TEST_REDIS_URL.
start_services() {
    local bin port
    SERVICES=$(mktemp -d)
    bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
    port=$(free_port)
    as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }
    [ "$(id -u)" != 0 ] || chown postgres "$SERVICES"
    as_postgres "$bin/initdb" -D "$SERVICES/pg" -U linshu --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
    # Durability is nothing to a cluster that is thrown away. A vacuum that begins by itself while rows are loaded keeps
    # the one after the load from marking pages, and would be measured with what runs beside it.
    as_postgres "$bin/postgres" -D "$SERVICES/pg" -p "$port" -k "$SERVICES" -c listen_addresses=127.0.0.1 \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_connections=80 \
        >"$SERVICES/pg.log" 2>&1 &
    PG_PID=$!
    PG_URL=postgres://linshu@127.0.0.1:$port/postgres
    port=$(free_port)
    redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$SERVICES" >"$SERVICES/redis.log" 2>&1 &
    REDIS_PID=$!
    TEST_REDIS_URL=redis://127.0.0.1:$port/0
    trap stop_services EXIT
    for _ in $(seq 100); do
        "$bin/pg_isready" -q -d "$PG_URL" && return
        sleep 0.1
    done
    fail "PostgreSQL 没有启动：$(tail -3 "$SERVICES/pg.log")"
}

stop_services() {
    kill "$PG_PID" "$REDIS_PID" 2>/dev/null
    wait "$PG_PID" "$REDIS_PID" 2>/dev/null
    rm -rf "$SERVICES"
}
