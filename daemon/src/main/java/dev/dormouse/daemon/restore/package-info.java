/** What the engine does with what it finds when it starts, in phases. */
@NullMarked
package dev.dormouse.daemon.restore;

import org.jspecify.annotations.NullMarked;
