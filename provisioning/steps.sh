# shellcheck shell=bash
# The steps of `install`, in their order. Sourced by it.

# Least memory and free disk of a box, MiB.
MEMORY_MIB_MIN=1500
DISK_MIB_MIN=2048
STATE=/var/lib/fieldray
ETC=/etc/fieldray
OPT=/opt/fieldray
# How often packages are tried, and how long it waits before the next try, seconds.
PACKAGE_TRIES=6
PACKAGE_PAUSE_S=20

step_check() {
    say "1 check the machine"
    local id version
    id=$(. /etc/os-release && echo "$ID") version=$(. /etc/os-release && echo "${VERSION_ID:-}")
    case $id-$version in
        debian-12 | debian-13 | ubuntu-20.04 | ubuntu-22.04 | ubuntu-24.04) ;;
        *) stop "this is $id $version" "use Debian 12 or 13, Ubuntu 20.04 to 24.04, or JetPack 5.1 to 7" ;;
    esac
    if [ -z "$PROGRAM" ]; then
        local found
        for found in "$ROOT/bin/$(uname -m)/fieldray" "$ROOT/target/release/fieldray" "$OPT/current/fieldray"; do
            if [ -x "$found" ]; then
                PROGRAM=$found
                break
            fi
        done
    fi
    [ -n "$PROGRAM" ] || stop "there is no program for $(uname -m)" "build it (make run) or name it with --program"
    "$PROGRAM" --version >/dev/null 2>&1 || stop "$PROGRAM does not run here" "use the program for $(uname -m)"
    local memory free
    memory=$(awk '/^MemTotal:/{print int($2/1024)}' /proc/meminfo)
    [ "$memory" -ge "$MEMORY_MIB_MIN" ] || stop "only $memory MiB of memory" "take a board with at least 2 GB"
    mkdir -p "$STATE"
    free=$(df -Pm "$STATE" | awk 'END{print $4}')
    [ "$free" -ge "$DISK_MIB_MIN" ] || stop "only $free MiB free for the data" "free some space, or mount a larger disk on $STATE"
    choose_site
    local board
    board=$(board_value id) || stop "the board, or $ETC/fieldray.toml, is not understood" "read the end of $LOG"
    say "  $id $version, $memory MiB of memory, $free MiB free, $board"
}

# board_value NAME: a value of the board's profile, the one that the settings name where there are settings.
board_value() {
    local config=()
    [ ! -e "$ETC/fieldray.toml" ] || config=(--config "$ETC/fieldray.toml")
    "$PROGRAM" board "${config[@]}" --get "$1" 2>>"$LOG"
}

# What the clinic has set, read before anything is done: a wrong line stops a machine that is as it was.
choose_site() {
    if [ -z "$SITE" ]; then
        SITE=$ROOT/site.conf
        [ -e "$SITE" ] || SITE=$HERE/site.conf.in
    fi
    [ -r "$SITE" ] || stop "$SITE cannot be read" "name the file with --site"
    read_site "$SITE"
}

# The packages, less what is there. A folder `packages` with .deb files beside this one makes it work
# without internet.
step_packages() {
    say "2 packages"
    local wanted=(avahi-daemon ca-certificates dnsmasq-base iproute2 iptables iw modemmanager network-manager nftables openssl rfkill wireless-regdb wpasupplicant) missing=() package
    for package in "${wanted[@]}"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    if [ "${#missing[@]}" -gt 0 ]; then
        say "  installing: ${missing[*]}"
        install_packages "${missing[@]}"
        printf '%s\n' "${missing[@]}" >>"$BOOK/packages"
        changed "packages"
    fi
    firewall_check
}

# At a first start the system's own updates hold the lock for minutes, the network comes late, and a cut may have
# left packages half configured; so it is tried a few times.
install_packages() {
    local apt=(apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold) debs=() try
    mapfile -t debs < <(stick_packages)
    export DEBIAN_FRONTEND=noninteractive
    for try in $(seq "$PACKAGE_TRIES"); do
        if [ "$try" -gt 1 ]; then
            say "  not yet; trying again in $PACKAGE_PAUSE_S s ($try of $PACKAGE_TRIES)"
            sleep "$PACKAGE_PAUSE_S"
            dpkg --force-confdef --force-confold --configure -a >>"$LOG" 2>&1 </dev/null || true
        fi
        if [ "${#debs[@]}" -gt 0 ]; then
            "${apt[@]}" install -y --no-install-recommends "${debs[@]}" "$@" >>"$LOG" 2>&1 </dev/null && return 0
        elif { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@"; } >>"$LOG" 2>&1 </dev/null; then
            return 0
        fi
    done
    [ "${#debs[@]}" -eq 0 ] || stop "the packages on the stick do not install, or are not all that this system needs" "read the end of $LOG"
    stop "packages cannot be fetched" "connect the box to the internet once, or use a stick with a folder packages"
}

# The .deb files beside this one that this machine can take, but those of which it has that version or a newer one.
stick_packages() {
    local deb name version have
    for deb in "$ROOT/packages/$(uname -m)"/*.deb "$ROOT"/packages/all/*.deb; do
        [ -e "$deb" ] || continue
        name=$(dpkg-deb -f "$deb" Package) version=$(dpkg-deb -f "$deb" Version)
        have=$(dpkg-query -W -f='${db:Status-Status} ${Version}' "$name" 2>/dev/null || true)
        if [[ $have == installed\ * ]] && dpkg --compare-versions "${have#installed }" ge "$version"; then continue; fi
        printf '%s\n' "$deb"
    done
}

step_user() {
    say "3 user"
    if ! getent passwd fieldray >/dev/null; then
        useradd --system --home-dir "$STATE" --no-create-home --shell /usr/sbin/nologin --user-group fieldray
        changed "user fieldray"
    fi
}

# Slot a holds the first version; afterwards slots and `current` belong to the update.
step_program() {
    say "4 program"
    local version slot=$OPT/slots/a
    version=$("$PROGRAM" --version)
    install -d -m 0755 "$OPT" "$OPT/slots" "$OPT/slots/a" "$OPT/slots/b"
    if [ -e "$OPT/current" ]; then
        say "  $(readlink "$OPT/current") is in use: $("$OPT/current/fieldray" --version)"
        slots_record
        return 0
    fi
    if ! cmp -s "$PROGRAM" "$slot/fieldray"; then
        cp "$PROGRAM" "$slot/fieldray.new"
        chmod 0755 "$slot/fieldray.new"
        sync "$slot/fieldray.new"
        mv -f "$slot/fieldray.new" "$slot/fieldray"
    fi
    printf '%s\n' "$version" >"$slot/VERSION"
    sync -f "$slot"
    ln -sfn slots/a "$OPT/current.new"
    mv -Tf "$OPT/current.new" "$OPT/current"
    sync -f "$OPT"
    changed "$OPT/current, $version"
    slots_record
}

# The record that updates go by, and `good`, from which each start begins. What is there stays.
slots_record() {
    [ ! -e "$OPT/update/boot.toml" ] || return 0
    "$OPT/current/fieldray" slots init --root "$OPT" --state "$STATE" >/dev/null ||
        stop "the slots in $OPT have no record" "remove $OPT/current and run this again"
    changed "$OPT/update"
}

step_site() {
    say "5 names and passwords"
    # What the box makes up once stays: people have it on paper.
    if [ ! -e "$BOOK/made" ]; then
        local mark
        mark=$(head -c 16 /etc/machine-id 2>/dev/null | sha256sum | head -c 4)
        {
            printf 'NAME=Fieldray-%s\n' "$(printf '%s' "$mark" | tr a-f A-F)"
            printf 'PASSWORD=%s-%s-%s\n' "$(random_of a-hjkmnp-z2-9 4)" "$(random_of a-hjkmnp-z2-9 4)" "$(random_of a-hjkmnp-z2-9 4)"
            printf 'CODE=%s\n' "$(random_of 0-9 8)"
        } >"$BOOK/made.new"
        chmod 0600 "$BOOK/made.new"
        sync "$BOOK/made.new"
        mv -f "$BOOK/made.new" "$BOOK/made"
    fi
    WIFI_NAME=${WIFI_NAME:-$(sed -n 's/^NAME=//p' "$BOOK/made")}
    WIFI_PASSWORD=${WIFI_PASSWORD:-$(sed -n 's/^PASSWORD=//p' "$BOOK/made")}
    CODE=$(sed -n 's/^CODE=//p' "$BOOK/made")
}

# Refuses storage that forgets, and looks whether a flush really waits for the disk.
step_storage() {
    say "6 storage"
    install -d -m 0700 -o fieldray -g fieldray "$STATE"
    local verdict
    verdict=$("$PROGRAM" board --storage "$STATE") || stop "the data would lie on storage that loses it: $verdict" \
        "mount a disk with ext4, data=ordered and barriers on $STATE (see /etc/fstab), then run this again"
    say "  $verdict"
    local began ended
    began=$(date +%s%N)
    dd if=/dev/zero of="$STATE/.flush-test" bs=4k count=50 oflag=dsync status=none
    ended=$(date +%s%N)
    rm -f "$STATE/.flush-test"
    local micros=$(((ended - began) / 50000))
    say "  a flush takes $micros microseconds"
    # No flash or disk that we know writes in less; the answer then comes from a cache.
    [ "$micros" -ge 20 ] || say "  WARNING: that is too quick to be true; a power cut may lose confirmed data"
}

# box_names: under which names phones find the box, the first one for links. Without Wi-Fi of its own nobody but the
# box answers for it in the clinic's network, and that is by fieldray.local; .lan is for a clinic whose router does.
box_names() {
    if [ -n "$OWN_WIFI" ]; then printf '%s\n' fieldray.lan fieldray.local "$BOX_ADDRESS"; else printf '%s\n' fieldray.local fieldray.lan; fi
}

step_settings() {
    say "7 settings"
    install -d -m 0755 "$ETC"
    if [ ! -e "$ETC/fieldray.toml" ]; then
        {
            echo '# Made by provisioning; from now on yours. All settings: fieldray.toml.in beside the installer.'
            echo 'listen = "0.0.0.0:80"'
            echo "state_dir = \"$STATE\""
            echo "link_base = \"http://$(box_names | head -1)\""
            echo "setup_code_file = \"$ETC/setup-code\""
            echo "utc_offset_minutes = $UTC_OFFSET_MINUTES"
            [ -z "$LANGUAGE" ] || echo "language = \"$LANGUAGE\""
            [ "$WIFI_DEVICE" = none ] || echo "captive = \"$CAPTIVE\""
            if [ "$HTTPS" = yes ]; then
                printf '\n[https]\nlisten = "0.0.0.0:443"\nnames = [%s]\n' "$(box_names | sed 's/.*/"&"/' | paste -sd , | sed 's/,/, /g')"
            fi
        } | place "$ETC/fieldray.toml" 644
    fi
    printf '%s\n' "$CODE" | place "$ETC/setup-code" 640 root:fieldray
}

step_units() {
    say "8 units"
    local unit
    for unit in fieldray.service fieldray-lamp.path fieldray-lamp.service fieldray-clock.path fieldray-clock.service \
        fieldray-names.path fieldray-names.service fieldray-update.path fieldray-update.service \
        fieldray-settle.path fieldray-settle.service fieldray-firewall.service; do
        place "/etc/systemd/system/$unit" 644 <"$ROOT/firmware/systemd/$unit"
    done
    place /etc/udev/rules.d/70-fieldray.rules 644 <"$ROOT/firmware/udev/70-fieldray.rules"
    place /etc/systemd/system.conf.d/fieldray.conf 644 <"$HERE/system/system.conf"
    place /etc/systemd/journald.conf.d/fieldray.conf 644 <"$HERE/system/journald.conf"
    place /etc/polkit-1/rules.d/50-fieldray-modem.rules 644 <"$HERE/system/modem.rules"
    if [ -d /etc/polkit-1/localauthority ]; then
        place /etc/polkit-1/localauthority/50-local.d/fieldray-modem.pkla 644 <"$HERE/system/modem.pkla"
    fi
    printf '[Login]\nHandlePowerKey=%s\n' "$(board_value power-button)" | place /etc/systemd/logind.conf.d/fieldray.conf 644
    # A board with an NVIDIA driver: the service has to reach its nodes.
    if compgen -G '/dev/nvhost-ctrl*' >/dev/null || [ -e /dev/nvidia0 ] || [ -e /dev/nvmap ]; then
        place /etc/systemd/system/fieldray.service.d/tensorrt.conf 644 <"$ROOT/firmware/systemd/fieldray-tensorrt.conf"
    fi
    # Sticks: only those that this project, or a key that the clinic added, has signed.
    place /etc/systemd/system/fieldray-stick@.service 644 <"$HERE/autorun/fieldray-stick@.service"
    place /usr/local/lib/fieldray/take-stick 755 <"$HERE/autorun/take-stick"
    place /usr/local/lib/fieldray/verify-stick 755 <"$HERE/autorun/verify-stick"
}

# What was placed for systemd's own parts is in force without a restart of the machine: the watchdog of the kernel,
# limits of the journal, and what the power button does.
own_parts() {
    systemctl daemon-reexec || true
    systemctl restart systemd-journald.service || true
    # Only now it writes to the disk where it had no folder there before.
    journalctl --flush 2>/dev/null || true
    systemctl kill --kill-who=main --signal=HUP systemd-logind.service 2>/dev/null || true
}

# Jetson boards: the power mode that the profile names, by its number in NVIDIA's own file.
step_power() {
    local mode number
    mode=$(board_value power-mode)
    [ -n "$mode" ] && [ -r /etc/nvpmodel.conf ] && command -v nvpmodel >/dev/null || return 0
    say "9 power mode $mode"
    number=$(sed -n "s/^< *POWER_MODEL *ID=\([0-9]*\) *NAME=$mode *>.*/\1/p" /etc/nvpmodel.conf | head -1)
    if [ -z "$number" ]; then
        say "  WARNING: /etc/nvpmodel.conf has no mode $mode; the mode stays as it is"
        return 0
    fi
    # Some changes of mode ask for a restart; the answer is given, and the next start has it.
    echo no | nvpmodel -m "$number" >>"$LOG" 2>&1 || say "  WARNING: nvpmodel refused; see $LOG"
}

step_start() {
    say "11 start"
    systemctl enable fieldray.service fieldray-lamp.path fieldray-clock.path fieldray-names.path fieldray-update.path fieldray-settle.path fieldray-firewall.service >>"$LOG" 2>&1
    if ! live; then
        say "  systemd does not run here: everything starts with the machine"
        return 0
    fi
    if is_changed /etc/systemd/system.conf.d/fieldray.conf || is_changed /etc/systemd/journald.conf.d/fieldray.conf ||
        is_changed /etc/systemd/logind.conf.d/fieldray.conf || [ ! -e "$BOOK/done" ]; then
        own_parts
    fi
    systemctl daemon-reload
    udevadm control --reload 2>/dev/null || true
    systemctl restart fieldray-firewall.service || stop "the firewall does not start" "journalctl -u fieldray-firewall"
    systemctl start fieldray-lamp.path fieldray-clock.path fieldray-names.path fieldray-update.path fieldray-settle.path
    # Waits for READY=1: the pages answer.
    local began
    began=$(date +%s%N)
    if [ "$(changes)" -gt 0 ]; then systemctl restart fieldray.service; else systemctl start fieldray.service; fi ||
        stop "the service does not start" "journalctl -u fieldray"
    say "  ready after $((($(date +%s%N) - began) / 1000000)) ms"
}

# What somebody needs who sets up the clinic: on the box for root, and on the stick.
step_sheet() {
    say "12 sheet"
    {
        echo 'Fieldray: sheet of this box. Keep it where patients do not see it.'
        [ -z "$OWN_WIFI" ] || printf 'Wi-Fi name:      %s\nWi-Fi password:  %s\n' "$WIFI_NAME" "$WIFI_PASSWORD"
        printf 'Address:         http://%s   (or %s)\n' "$(box_names | head -1)" "$(box_names | sed '1d; s|^|http://|' | paste -sd , | sed 's/,/, /g')"
        printf 'First login:     %s-%s\n' "${CODE:0:4}" "${CODE:4:4}"
        if [ -r "$STATE/tls/authority.der" ]; then
            printf 'Certificate:     %s\n' "$(sha256sum "$STATE/tls/authority.der" | head -c 64 | tr a-f A-F | fold -w 4 | paste -sd ' ')"
        fi
    } | place "$ETC/box-sheet.txt" 600
    if [ -n "$SHEET" ]; then
        cp "$ETC/box-sheet.txt" "$SHEET/" && sync -f "$SHEET" && say "  a copy is in $SHEET"
    fi
}

# The mark that this machine is set up to the end: only now a stick brings updates (autorun/take-stick).
finish() {
    [ ! -e "$BOOK/done" ] || return 0
    date -u +%Y-%m-%dT%H:%M:%SZ >"$BOOK/done.new"
    sync "$BOOK/done.new"
    mv -f "$BOOK/done.new" "$BOOK/done"
    sync -f "$BOOK"
}

uninstall() {
    say "== taking Fieldray away"
    if live; then
        systemctl disable --now fieldray.service fieldray-lamp.path fieldray-clock.path fieldray-names.path fieldray-update.path fieldray-settle.path fieldray-firewall.service >>"$LOG" 2>&1 || true
    else
        systemctl disable fieldray.service fieldray-lamp.path fieldray-clock.path fieldray-names.path fieldray-update.path fieldray-settle.path fieldray-firewall.service >>"$LOG" 2>&1 || true
    fi
    rm -f "$BOOK/done"
    cp "$ETC/fieldray.toml" "$BOOK/fieldray.toml.kept" 2>/dev/null || true
    take_away
    rm -rf "$OPT" "$ETC" /var/lib/fieldray-names
    rm -f /usr/local/lib/fieldray/take-seed /etc/systemd/system/{,multi-user.target.wants/}fieldray-seed.service
    rmdir /usr/local/lib/fieldray /etc/systemd/system/fieldray.service.d 2>/dev/null || true
    if live; then
        own_parts
        systemctl daemon-reload
        nmcli connection reload 2>/dev/null || true
    fi
    if [ -n "$DELETE_DATA" ]; then
        rm -rf "$STATE"
        userdel fieldray 2>/dev/null || true
        say "  the data is deleted"
    elif [ -d "$STATE" ]; then
        say "  kept: $STATE with the patients' data, and its user"
    fi
    [ ! -e "$BOOK/packages" ] || say "  packages stay, for other programs may use them: $(sort -u "$BOOK/packages" | paste -sd ' ')"
    say "== gone"
}
