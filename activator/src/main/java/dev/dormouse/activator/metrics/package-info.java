/** Tells the counts in Prometheus's formats. Nothing here is loaded before somebody asks. */
@NullMarked
package dev.dormouse.activator.metrics;

import org.jspecify.annotations.NullMarked;
