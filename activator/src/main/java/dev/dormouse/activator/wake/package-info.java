/** Starts a container and waits until it is ready. */
@NullMarked
package dev.dormouse.activator.wake;

import org.jspecify.annotations.NullMarked;
