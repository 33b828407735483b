/** What the activator says that it has done, for the engine's event stream. */
@NullMarked
package dev.dormouse.daemon.activation;

import org.jspecify.annotations.NullMarked;
