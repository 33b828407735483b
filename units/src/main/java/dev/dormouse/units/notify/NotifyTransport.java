package dev.dormouse.units.notify;

import java.io.IOException;

/** Sends single notifications; used by one thread. */
interface NotifyTransport {
    void send(String text) throws IOException;
}
