/** From the body of {@code POST /containers/create} to the engine's own terms: everything a client may send is checked here. */
@NullMarked
package dev.dormouse.daemon.api.create;

import org.jspecify.annotations.NullMarked;
