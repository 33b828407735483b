/** Versions of the files that one engine writes and another reads. */
@NullMarked
package dev.dormouse.daemon.schema;

import org.jspecify.annotations.NullMarked;
