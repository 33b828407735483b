/** Talks to a service manager by datagrams, and receives such datagrams (sd_notify(3)). */
@NullMarked
package dev.dormouse.units.notify;

import org.jspecify.annotations.NullMarked;
