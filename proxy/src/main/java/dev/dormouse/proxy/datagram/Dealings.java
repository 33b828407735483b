package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.DatagramReception;

/** What holds for all sessions of one socket. */
record Dealings(DatagramReception reception, Backend backend, SessionRoom room, LossMeter losses) {}
