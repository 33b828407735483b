/** The cgroup of a container that runs: its freezer, and what it costs. */
@NullMarked
package dev.dormouse.activator.cgroup;

import org.jspecify.annotations.NullMarked;
