/** The dormouse command. */
@NullMarked
package dev.dormouse.activator.cli;

import org.jspecify.annotations.NullMarked;
