/** The closed set of errors an engine call can end in. */
@NullMarked
package dev.dormouse.daemon.error;

import org.jspecify.annotations.NullMarked;
