/** Containers on the disk: their records, what the engine alone knows of them, their names. */
@NullMarked
package dev.dormouse.daemon.store;

import org.jspecify.annotations.NullMarked;
