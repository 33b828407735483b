/** Reads as much of HTTP/1 as it takes to know what a client asks for before anything of it is passed on. */
@NullMarked
package dev.dormouse.activator.http;

import org.jspecify.annotations.NullMarked;
