/** The verbs of a container's life: create, start, stop, kill, wait, rename, remove; one class a verb. */
@NullMarked
package dev.dormouse.daemon.lifecycle;

import org.jspecify.annotations.NullMarked;
