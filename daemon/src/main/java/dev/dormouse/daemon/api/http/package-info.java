/** HTTP/1.1 on unix sockets: requests in order on one virtual thread a connection, bodies and answers with back-pressure, raw streams. */
@NullMarked
package dev.dormouse.daemon.api.http;

import org.jspecify.annotations.NullMarked;
