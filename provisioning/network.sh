# shellcheck shell=bash
# Wi-Fi, names and firewall. Sourced by `install`.

# Addresses that phones test for internet. The same list answers in src/web/captive.rs; a test compares.
PROBES=(connectivitycheck.gstatic.com connectivitycheck.android.com clients3.google.com
    connectivitycheck.platform.hicloud.com connect.rom.miui.com wifi.vivo.com.cn conn1.oppomobile.com
    conn2.oppomobile.com connectivity-check.ubuntu.com captive.apple.com www.msftconnecttest.com
    ipv6.msftconnecttest.com www.msftncsi.com detectportal.firefox.com nmcheck.gnome.org)
BOX_ADDRESS=10.42.0.1
NAMES=/var/lib/fieldray-names
# Networks of a clinic's own; the same in fieldray.nft.in.
PRIVATE=10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16

# wifi_device: the first Wi-Fi device, or the one that was named.
wifi_device() {
    [ "$WIFI_DEVICE" = none ] && return 0
    if [ -n "$WIFI_DEVICE" ]; then
        echo "$WIFI_DEVICE"
        return 0
    fi
    local device
    for device in /sys/class/net/*/phy80211; do
        if [ -e "$device" ]; then
            basename "$(dirname "$device")"
            return 0
        fi
    done
}

step_network() {
    say "10 network"
    if [ -n "$OWN_WIFI" ]; then hotspot "$OWN_WIFI"; else say "  no Wi-Fi of its own: phones reach the box over the clinic's network"; fi
    firewall
    names
}

# The box's own Wi-Fi, by NetworkManager: its shared mode brings address and name service with it.
hotspot() {
    local device=$1 uuid before
    before=$(changes)
    uuid=$(printf 'fieldray-hotspot-%s' "$(cat /etc/machine-id 2>/dev/null)" | sha256sum | sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\).*/\1-\2-4\3-8\4-\5/')
    sed -e "s|@UUID@|$uuid|" -e "s|@DEVICE@|$device|" -e "s|@NAME@|$(escaped "$WIFI_NAME")|" \
        -e "s|@PASSWORD@|$(escaped "$WIFI_PASSWORD")|" -e "s|@CHANNEL@|$WIFI_CHANNEL|" -e "s|@ADDRESS@|$BOX_ADDRESS|" \
        "$HERE/hotspot/fieldray-hotspot.nmconnection.in" |
        place /etc/NetworkManager/system-connections/fieldray-hotspot.nmconnection 600
    # Further names of the box, which root's unit writes (fieldray-names.service). There before the name server
    # starts: it watches only a folder that it has found.
    install -d -m 0755 "$NAMES" "$NAMES/hosts"
    {
        cat "$HERE/hotspot/dnsmasq.conf.in"
        # Some phones ask the name server for names in .local too.
        printf "address=/%s/$BOX_ADDRESS\n" fieldray.lan fieldray.local
        echo "hostsdir=$NAMES/hosts"
        if [ "$CAPTIVE" != off ]; then printf "address=/%s/$BOX_ADDRESS\n" "${PROBES[@]}"; fi
    } | place /etc/NetworkManager/dnsmasq-shared.d/fieldray.conf 644
    printf 'options cfg80211 ieee80211_regdom=%s\n' "$WIFI_COUNTRY" | place /etc/modprobe.d/fieldray-wifi.conf 644
    place /etc/NetworkManager/conf.d/fieldray.conf 644 <"$HERE/hotspot/NetworkManager.conf"
    # Phones are on it, perhaps: a run that changes nothing leaves it alone.
    if live && [ "$(changes)" -eq "$before" ] && nmcli -t -f NAME connection show --active 2>/dev/null | grep -qx fieldray-hotspot; then
        say "  Wi-Fi $WIFI_NAME on $device"
    elif live; then
        iw reg set "$WIFI_COUNTRY" 2>/dev/null || say "  WARNING: the radio does not take the country"
        rfkill unblock wifi 2>/dev/null || true
        systemctl start NetworkManager.service >>"$LOG" 2>&1 || true
        # How the radio sleeps is in force without a restart.
        nmcli general reload conf >>"$LOG" 2>&1 || true
        nmcli connection reload >>"$LOG" 2>&1 || say "  WARNING: NetworkManager does not answer; see $LOG. It takes the Wi-Fi up at the next start"
        if nmcli -w 30 connection up fieldray-hotspot >>"$LOG" 2>&1; then
            say "  Wi-Fi $WIFI_NAME on $device"
        else
            say "  WARNING: the Wi-Fi does not come up on $device; see $LOG. The box works over a cable."
        fi
    fi
}

# For the right side of sed's s command with | between.
escaped() { printf '%s' "$1" | sed 's/[&|\\]/\\&/g'; }

# rules_of FILE: the rules of one kind, filled in.
rules_of() {
    local ssh=''
    if [ "$SSH" = yes ]; then
        case $1 in
            fieldray.nft) ssh='iifname != "@WIFI@" ip saddr @private tcp dport 22 accept' ;;
            fieldray.iptables) ssh="-A fieldray-INPUT ! -i @WIFI@ -s @PRIVATE@ -p tcp --dport 22 -j RETURN" ;;
        esac
    fi
    sed -e "s|@SSH@|$ssh|" -e "s|@PRIVATE@|$PRIVATE|" -e "s|@WIFI@|${OWN_WIFI:-none}|" "$HERE/network/$1.in"
}
RULES=(fieldray.nft fieldray.iptables fieldray.ip6tables)

# Whether this kernel takes the rules at all, tried in an empty network of its own.
firewall_check() {
    live || return 0
    local folder rules by
    folder=$(mktemp -d)
    for rules in "${RULES[@]}"; do rules_of "$rules" >"$folder/$rules"; done
    bash "$HERE/network/firewall" prepare
    if ! by=$(FIELDRAY_FIREWALL_RULES=$folder unshare --net bash "$HERE/network/firewall" start 2>>"$LOG"); then
        rm -rf "$folder"
        stop "this kernel takes the firewall's rules by neither nftables nor iptables" "read the end of $LOG; use a kernel with connection tracking"
    fi
    rm -rf "$folder"
    say "  firewall $by"
}

firewall() {
    local rules
    for rules in "${RULES[@]}"; do rules_of "$rules" | place "/etc/fieldray/$rules" 644; done
    place /usr/local/lib/fieldray/firewall 755 <"$HERE/network/firewall"
}

# fieldray.local for phones and computers in the clinic's network. IPv4 only, as the pages are: phones would
# try the other first, and wait.
names() {
    [ -e /etc/avahi/avahi-daemon.conf ] || return 0
    sed -e 's/^#\{0,1\}host-name=.*/host-name=fieldray/' -e 's/^#\{0,1\}publish-workstation=.*/publish-workstation=no/' -e 's/^use-ipv6=.*/use-ipv6=no/' /etc/avahi/avahi-daemon.conf |
        place /etc/avahi/avahi-daemon.conf 644
    place /etc/avahi/services/fieldray.service 644 <"$HERE/network/avahi.service"
    if live; then systemctl try-restart avahi-daemon.service || true; fi
}
