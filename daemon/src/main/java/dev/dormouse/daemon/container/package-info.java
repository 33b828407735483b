/** What a container is: its configuration as the client gave it, its durable record, its state. */
@NullMarked
package dev.dormouse.daemon.container;

import org.jspecify.annotations.NullMarked;
