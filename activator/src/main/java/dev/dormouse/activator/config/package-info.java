/** What the activator and the command read and write: the files of a service and of its container. */
@NullMarked
package dev.dormouse.activator.config;

import org.jspecify.annotations.NullMarked;
