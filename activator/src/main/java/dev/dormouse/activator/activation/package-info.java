/** Tells the engine what happens to services, for its event stream. */
@NullMarked
package dev.dormouse.activator.activation;

import org.jspecify.annotations.NullMarked;
