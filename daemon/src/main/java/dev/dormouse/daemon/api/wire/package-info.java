/** The JSON of the Docker Engine API, 1.44 to 1.47, as records: component names are the fields' names in lower camel case. */
@NullMarked
package dev.dormouse.daemon.api.wire;

import org.jspecify.annotations.NullMarked;
