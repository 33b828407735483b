/** What one activator leaves to the next: the sockets of the services that are awake, and their clients. */
@NullMarked
package dev.dormouse.activator.succession;

import org.jspecify.annotations.NullMarked;
