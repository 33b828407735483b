/** Tells a backend who its client is. */
@NullMarked
package dev.dormouse.proxy.proxyprotocol;

import org.jspecify.annotations.NullMarked;
