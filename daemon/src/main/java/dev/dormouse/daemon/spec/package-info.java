/** Values that images, networks and containers share: ids, ports, health checks. */
@NullMarked
package dev.dormouse.daemon.spec;

import org.jspecify.annotations.NullMarked;
