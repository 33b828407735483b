/** Lets in only those clients that a service is for, so that nobody else wakes it. */
@NullMarked
package dev.dormouse.activator.filter;

import org.jspecify.annotations.NullMarked;
