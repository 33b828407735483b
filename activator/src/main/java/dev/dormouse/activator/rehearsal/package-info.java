/** Goes through a wake with nothing but this process, so that the AOT cache knows every class that a client waits for. */
@NullMarked
package dev.dormouse.activator.rehearsal;

import org.jspecify.annotations.NullMarked;
