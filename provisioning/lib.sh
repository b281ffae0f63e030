# shellcheck shell=bash
# Shared by the provisioning scripts: words, site settings, and files that are placed so that they can
# be taken away again. Sourced, never run.

BOOK=${FIELDRAY_BOOK:-/var/lib/fieldray-provisioning}
LOG=${FIELDRAY_LOG_FILE:-/var/log/fieldray-provisioning.log}

say() {
    printf '%s\n' "$*"
    printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >>"$LOG" 2>/dev/null || true
}

# changed WHAT...: something is different from before this run. Noted in a file, because what is placed
# comes through pipes, and a pipe's end forgets its variables.
changed() {
    printf '%s\n' "$*" >>"$BOOK/changes"
    say "  changed: $*"
}

# is_changed DEST: whether this run has put something there.
is_changed() { grep -qxF "$1" "$BOOK/changes"; }

# changes: how many things this run has changed.
changes() { wc -l <"$BOOK/changes"; }

# stop WHY WHAT-TO-DO: nothing is half done; the next run goes on here.
stop() {
    say "STOPPED: $1"
    say "What to do: $2"
    exit 1
}

# read_site FILE: takes KEY=value lines with known keys and plain values; anything else is refused.
read_site() {
    WIFI_NAME='' WIFI_PASSWORD='' WIFI_COUNTRY='' WIFI_CHANNEL=6 WIFI_DEVICE='' CAPTIVE=page
    LANGUAGE='' UTC_OFFSET_MINUTES=0 SSH=yes HTTPS=yes
    local line key value
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        case $line in '' | '#'*) continue ;; esac
        key=${line%%=*} value=${line#*=}
        case $key in
            WIFI_NAME | WIFI_PASSWORD | WIFI_COUNTRY | WIFI_CHANNEL | WIFI_DEVICE | CAPTIVE | LANGUAGE | UTC_OFFSET_MINUTES | SSH | HTTPS) ;;
            *) stop "site.conf: unknown setting $key" "correct the line and run this again" ;;
        esac
        if [[ $value == *[[:cntrl:]]* || $value == *[\"\\\;\`\$]* ]]; then
            stop "site.conf: $key has a character that is not allowed" "use letters, digits and simple signs"
        fi
        printf -v "$key" '%s' "$value"
    done <"$1"
    WIFI_COUNTRY=${WIFI_COUNTRY:-$COUNTRY}
    check_site
}

check_site() {
    local bad=''
    [ "${#WIFI_NAME}" -le 32 ] || bad=WIFI_NAME
    [ -z "$WIFI_PASSWORD" ] || { [ "${#WIFI_PASSWORD}" -ge 8 ] && [ "${#WIFI_PASSWORD}" -le 63 ]; } || bad=WIFI_PASSWORD
    [[ $WIFI_COUNTRY =~ ^([A-Z]{2})?$ ]] || bad=WIFI_COUNTRY
    [[ $WIFI_CHANNEL =~ ^(1|6|11)$ ]] || bad=WIFI_CHANNEL
    [[ $WIFI_DEVICE =~ ^[A-Za-z0-9_.-]{0,15}$ ]] || bad=WIFI_DEVICE
    [[ $CAPTIVE =~ ^(page|silent|off)$ ]] || bad=CAPTIVE
    [[ $LANGUAGE =~ ^(|en|hi|bn|as|or|fr)$ ]] || bad=LANGUAGE
    if ! [[ $UTC_OFFSET_MINUTES =~ ^-?[0-9]{1,3}$ ]] || [ "$UTC_OFFSET_MINUTES" -lt -720 ] || [ "$UTC_OFFSET_MINUTES" -gt 840 ]; then
        bad=UTC_OFFSET_MINUTES
    fi
    [[ $SSH =~ ^(yes|no)$ ]] || bad=SSH
    [[ $HTTPS =~ ^(yes|no)$ ]] || bad=HTTPS
    [ -z "$bad" ] || stop "site.conf: $bad is out of range" "see the comment above it in site.conf.in"
    OWN_WIFI=$(wifi_device)
    [ -z "$OWN_WIFI" ] || [ -n "$WIFI_COUNTRY" ] ||
        stop "site.conf: WIFI_COUNTRY is not set" "write the two letters of the country whose radio rules hold there, such as WIFI_COUNTRY=IN for India, or start with --country IN"
}

# place DEST MODE [OWNER]: puts stdin at DEST if it differs, keeps what was there before us once, and
# writes DEST into the book for `--uninstall`. Whole file or old file: a power cut leaves no half.
place() {
    local dest=$1 mode=$2 owner=${3:-root:root} new
    new=$(mktemp "$BOOK/placing.XXXXXX")
    cat >"$new"
    mkdir -p "$(dirname "$dest")"
    if [ -e "$dest" ] && cmp -s "$new" "$dest" && [ "$(stat -c %a "$dest")" = "$mode" ] && [ "$(stat -c %U:%G "$dest")" = "$owner" ]; then
        rm -f "$new"
        return 0
    fi
    if ! grep -qxF "$dest" "$BOOK/placed" 2>/dev/null; then
        if [ -e "$dest" ]; then
            mkdir -p "$BOOK/before$(dirname "$dest")"
            cp -a "$dest" "$BOOK/before$dest"
        fi
        printf '%s\n' "$dest" >>"$BOOK/placed"
        sync -f "$BOOK/placed"
    fi
    cp "$new" "$dest.new"
    rm -f "$new"
    chown "$owner" "$dest.new"
    chmod "$mode" "$dest.new"
    sync "$dest.new"
    mv -f "$dest.new" "$dest"
    sync -f "$(dirname "$dest")"
    changed "$dest"
}

# take_away: removes what `place` has put, and brings back what was there before.
take_away() {
    local dest
    [ -e "$BOOK/placed" ] || return 0
    while IFS= read -r dest; do
        if [ -e "$BOOK/before$dest" ]; then
            cp -a "$BOOK/before$dest" "$dest"
            say "  brought back: $dest"
        elif [ -e "$dest" ]; then
            rm -f "$dest"
            say "  removed: $dest"
        fi
    done <"$BOOK/placed"
    rm -rf "$BOOK/placed" "$BOOK/before"
}

# live: whether systemd runs this machine (not so in a chroot, nor while an image is made).
live() { [ -d /run/systemd/system ]; }

# random_of ALPHABET LENGTH
random_of() {
    local text=''
    while [ "${#text}" -lt "$2" ]; do
        text=$text$(head -c 256 /dev/urandom | LC_ALL=C tr -dc "$1")
    done
    printf '%s' "${text:0:$2}"
}
