/** What the {@code dormouse-proxy} command does around the data plane. */
@NullMarked
package dev.dormouse.proxy.command;

import org.jspecify.annotations.NullMarked;
