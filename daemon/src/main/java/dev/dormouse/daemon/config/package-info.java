/** What the engine is told when it starts and when it reloads: {@code daemon.json} and the command line, checked as a whole before anything happens. */
@NullMarked
package dev.dormouse.daemon.config;

import org.jspecify.annotations.NullMarked;
