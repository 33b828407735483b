/** Services that containers declare by their labels. */
@NullMarked
package dev.dormouse.daemon.declare;

import org.jspecify.annotations.NullMarked;
