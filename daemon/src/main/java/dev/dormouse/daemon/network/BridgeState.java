package dev.dormouse.daemon.network;

import java.util.Map;

/**
 * The durable state of the bridge network, {@code networks/bridge.json}.
 *
 * @param networkId 64 hexadecimal digits
 * @param subnet {@code 172.17.0.0/16}
 * @param lastAddress the address given out last: the next free one after it is the next to be given, so that an address that was just
 *     returned rests for a while
 * @param addresses of the containers, by their full id
 */
record BridgeState(int schema, String networkId, String subnet, String lastAddress, Map<String, String> addresses) {
    static final int SCHEMA = 1;

    BridgeState {
        addresses = Map.copyOf(addresses);
    }
}
