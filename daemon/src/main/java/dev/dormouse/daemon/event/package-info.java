/** The engine's event stream. */
@NullMarked
package dev.dormouse.daemon.event;

import org.jspecify.annotations.NullMarked;
