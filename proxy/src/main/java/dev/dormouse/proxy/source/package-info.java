/** How many connections each source of clients has. */
@NullMarked
package dev.dormouse.proxy.source;

import org.jspecify.annotations.NullMarked;
