/** The bridge network: pools, addresses, netavark's options, the hosts and resolver files. */
@NullMarked
package dev.dormouse.daemon.network;

import org.jspecify.annotations.NullMarked;
