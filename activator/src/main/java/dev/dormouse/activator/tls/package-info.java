/** Reads as much of TLS as it takes to know whom a client asks for. */
@NullMarked
package dev.dormouse.activator.tls;

import org.jspecify.annotations.NullMarked;
