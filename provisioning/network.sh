# shellcheck shell=bash
# Wi-Fi, names and firewall. Sourced by `install`.

# Addresses that phones test for internet. The same list answers in src/web/captive.rs; a test compares.
PROBES=(connectivitycheck.gstatic.com connectivitycheck.android.com clients3.google.com
    connectivitycheck.platform.hicloud.com connect.rom.miui.com wifi.vivo.com.cn conn1.oppomobile.com
    conn2.oppomobile.com connectivity-check.ubuntu.com captive.apple.com www.msftconnecttest.com
    ipv6.msftconnecttest.com www.msftncsi.com detectportal.firefox.com nmcheck.gnome.org)
BOX_ADDRESS=10.42.0.1
NAMES=/var/lib/fieldray-names

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
    local device
    device=$(wifi_device)
    if [ -n "$device" ]; then hotspot "$device"; else say "  no Wi-Fi device: phones reach the box over the clinic's network"; fi
    firewall "$device"
    names
}

# The box's own Wi-Fi, by NetworkManager: its shared mode brings address and name service with it.
hotspot() {
    local device=$1 uuid
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
        echo "address=/fieldray.lan/$BOX_ADDRESS"
        echo "hostsdir=$NAMES/hosts"
        if [ "$CAPTIVE" != off ]; then printf "address=/%s/$BOX_ADDRESS\n" "${PROBES[@]}"; fi
    } | place /etc/NetworkManager/dnsmasq-shared.d/fieldray.conf 644
    printf 'options cfg80211 ieee80211_regdom=%s\n' "$WIFI_COUNTRY" | place /etc/modprobe.d/fieldray-wifi.conf 644
    place /etc/NetworkManager/conf.d/fieldray.conf 644 <"$HERE/hotspot/NetworkManager.conf"
    if live; then
        iw reg set "$WIFI_COUNTRY" 2>/dev/null || say "  WARNING: the radio does not take the country"
        rfkill unblock wifi 2>/dev/null || true
        nmcli connection reload
        if nmcli -w 30 connection up fieldray-hotspot >>"$LOG" 2>&1; then
            say "  Wi-Fi $WIFI_NAME on $device"
        else
            say "  WARNING: the Wi-Fi does not come up on $device; see $LOG. The box works over a cable."
        fi
    fi
}

# For the right side of sed's s command with | between.
escaped() { printf '%s' "$1" | sed 's/[&|\\]/\\&/g'; }

firewall() {
    local ssh=''
    [ "$SSH" = no ] || ssh='ip saddr @private tcp dport 22 accept'
    sed -e "s|@WIFI@|${1:-none}|" -e "s|@SSH@|$ssh|" "$HERE/network/fieldray.nft.in" | place /etc/fieldray/fieldray.nft 644
    if live; then
        nft -c -f /etc/fieldray/fieldray.nft >>"$LOG" 2>&1 || stop "this kernel does not take the firewall rules" "read the end of $LOG"
    fi
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
