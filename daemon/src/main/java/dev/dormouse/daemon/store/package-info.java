/** Durable files: written beside, synced, renamed, the folder synced. */
@NullMarked
package dev.dormouse.daemon.store;

import org.jspecify.annotations.NullMarked;
