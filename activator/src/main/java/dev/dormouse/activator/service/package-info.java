/** A service that is awake: its listeners, its states, its way back to sleep. */
@NullMarked
package dev.dormouse.activator.service;

import org.jspecify.annotations.NullMarked;
