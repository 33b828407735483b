/** UDP sockets: a session for each client, on the loops of the data plane. */
@NullMarked
package dev.dormouse.proxy.datagram;

import org.jspecify.annotations.NullMarked;
